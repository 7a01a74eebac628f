/**
 * Purges of a KeyCDN zone.
 * Internal: created by the CDN providers.
 */
package io.jenkins.plugins.cachepurge.operation.keycdn;
