/**
 * Client for Fastly's purges.
 * Internal: creates requests and reads responses for {@code operation.fastly}.
 */
package io.jenkins.plugins.cachepurge.client.fastly;
