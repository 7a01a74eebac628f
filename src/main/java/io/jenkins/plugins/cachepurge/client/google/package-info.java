/**
 * Client for Google Cloud CDN, and for Google's access tokens.
 * Internal: creates requests and reads responses for {@code operation.google}.
 */
package io.jenkins.plugins.cachepurge.client.google;
