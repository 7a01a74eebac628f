/**
 * Purges at Akamai.
 * Internal: created by the CDN providers.
 */
package io.jenkins.plugins.cachepurge.operation.akamai;
