/**
 * Client for KeyCDN's purges of a zone.
 * Internal: creates requests and reads responses for {@code operation.keycdn}.
 */
package io.jenkins.plugins.cachepurge.client.keycdn;
