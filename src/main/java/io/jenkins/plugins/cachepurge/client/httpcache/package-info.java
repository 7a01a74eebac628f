/**
 * HTTP caches that are purged by a request to the cache itself: Varnish, nginx, Traffic Server and Squid. Describes calls
 * and reads answers; the operation in {@code operation.caches} decides which to make.
 */
package io.jenkins.plugins.cachepurge.client.httpcache;
