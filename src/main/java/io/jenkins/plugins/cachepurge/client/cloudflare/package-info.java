/**
 * Client for Cloudflare's purges of a zone.
 * Internal: creates requests and reads responses for {@code operation.cloudflare}.
 */
package io.jenkins.plugins.cachepurge.client.cloudflare;
