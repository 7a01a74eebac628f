/**
 * Purges of a Gcore CDN resource.
 * Internal: created by the CDN providers.
 */
package io.jenkins.plugins.cachepurge.operation.gcore;
