/**
 * Purges of a Cloudflare zone.
 * Internal: created by the CDN providers.
 */
package io.jenkins.plugins.cachepurge.operation.cloudflare;
