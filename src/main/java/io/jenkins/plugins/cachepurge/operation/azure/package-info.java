/**
 * Purges of Azure Front Door.
 * Internal: created by the CDN providers.
 */
package io.jenkins.plugins.cachepurge.operation.azure;
