/**
 * Purges of a Fastly service.
 * Internal: created by the CDN providers.
 */
package io.jenkins.plugins.cachepurge.operation.fastly;
