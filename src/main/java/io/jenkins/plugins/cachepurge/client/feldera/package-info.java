/**
 * Client for Feldera's pipeline manager: status, stopping and clearing of a pipeline.
 * Internal: creates requests and reads responses for {@code operation.feldera}.
 */
package io.jenkins.plugins.cachepurge.client.feldera;
