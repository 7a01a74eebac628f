/**
 * Purges of sites: of each layer in its own form, one after the other.
 * Internal: created by the provider of sites.
 */
package io.jenkins.plugins.cachepurge.operation.site;
