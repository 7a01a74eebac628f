/**
 * Client for Scaleway Edge Services' purge requests.
 * Internal: creates requests and reads responses for {@code operation.scaleway}.
 */
package io.jenkins.plugins.cachepurge.client.scaleway;
