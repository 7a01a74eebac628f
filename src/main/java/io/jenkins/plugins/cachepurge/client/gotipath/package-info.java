/**
 * Client for Gotipath CDN's purges.
 * Internal: creates requests and reads responses for {@code operation.gotipath}.
 */
package io.jenkins.plugins.cachepurge.client.gotipath;
