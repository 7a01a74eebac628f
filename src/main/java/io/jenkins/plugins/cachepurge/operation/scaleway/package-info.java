/**
 * Purges of a Scaleway Edge Services pipeline, and its earlier purge requests.
 * Internal: created by the CDN providers.
 */
package io.jenkins.plugins.cachepurge.operation.scaleway;
