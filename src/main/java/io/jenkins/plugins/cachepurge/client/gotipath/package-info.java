/**
 * Gotipath CDN's purges. Describes calls and reads answers; the operation in {@code operation.gotipath} decides which to
 * make.
 */
package io.jenkins.plugins.cachepurge.client.gotipath;
