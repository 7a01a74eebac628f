/**
 * Clients for HTTP caches that are purged by a request to the cache: Varnish, nginx, Traffic Server and Squid.
 * Internal: creates requests and reads responses for {@code operation.httpcache}.
 */
package io.jenkins.plugins.cachepurge.client.httpcache;
