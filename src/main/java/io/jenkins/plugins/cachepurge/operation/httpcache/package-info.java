/**
 * What can be asked of HTTP caches: to purge pages, at each of their instances.
 * Made by the CDN providers; run by a session.
 */
package io.jenkins.plugins.cachepurge.operation.httpcache;
