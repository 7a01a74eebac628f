/**
 * Purges of HTTP caches, at each of their instances.
 * Internal: created by the CDN providers.
 */
package io.jenkins.plugins.cachepurge.operation.httpcache;
