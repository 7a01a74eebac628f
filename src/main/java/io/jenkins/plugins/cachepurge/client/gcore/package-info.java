/**
 * Client for Gcore CDN's purges and their history.
 * Internal: creates requests and reads responses for {@code operation.gcore}.
 */
package io.jenkins.plugins.cachepurge.client.gcore;
