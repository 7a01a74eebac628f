/**
 * Client for Azure Front Door, and for access tokens of Microsoft Entra ID.
 * Internal: creates requests and reads responses for {@code operation.azure}.
 */
package io.jenkins.plugins.cachepurge.client.azure;
