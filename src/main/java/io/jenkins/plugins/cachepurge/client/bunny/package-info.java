/**
 * Client for bunny.net's purges and pull zones.
 * Internal: creates requests and reads responses for {@code operation.bunny}.
 */
package io.jenkins.plugins.cachepurge.client.bunny;
