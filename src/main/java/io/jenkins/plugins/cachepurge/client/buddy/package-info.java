/**
 * Client for Buddy's REST API: caches, delayed executions and routes of distributions.
 * Internal: creates requests and reads responses for {@code operation.buddy}.
 */
package io.jenkins.plugins.cachepurge.client.buddy;
