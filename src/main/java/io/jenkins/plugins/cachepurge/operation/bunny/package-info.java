/**
 * Purges at bunny.net: URLs, prefixes, tags or a pull zone.
 * Internal: created by the CDN providers.
 */
package io.jenkins.plugins.cachepurge.operation.bunny;
