/**
 * Purges of a Gotipath CDN distribution.
 * Internal: created by the CDN providers.
 */
package io.jenkins.plugins.cachepurge.operation.gotipath;
