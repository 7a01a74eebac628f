/**
 * Operations at Buddy: clearing a cache, running a scheduled execution, purging a route.
 * Internal: created by the steps and CDN providers.
 */
package io.jenkins.plugins.cachepurge.operation.buddy;
