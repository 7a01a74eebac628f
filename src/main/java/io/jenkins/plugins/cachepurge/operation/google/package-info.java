/**
 * Purges of Google Cloud CDN.
 * Internal: created by the CDN providers.
 */
package io.jenkins.plugins.cachepurge.operation.google;
