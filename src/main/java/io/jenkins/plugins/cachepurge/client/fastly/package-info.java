/**
 * Fastly's purges. Describes calls and reads answers.
 * The operation in {@code operation.fastly} decides which to make.
 */
package io.jenkins.plugins.cachepurge.client.fastly;
