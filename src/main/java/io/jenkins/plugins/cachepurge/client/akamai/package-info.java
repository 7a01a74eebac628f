/**
 * Client for Akamai's Fast Purge, and its EdgeGrid signature.
 * Internal: creates requests and reads responses for {@code operation.akamai}.
 */
package io.jenkins.plugins.cachepurge.client.akamai;
