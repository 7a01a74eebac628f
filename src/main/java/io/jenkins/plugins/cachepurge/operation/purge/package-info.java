/**
 * What the purge operations of all CDNs have in common: what is to be purged, and what came of it.
 * Used by the operations of the CDNs, their providers and the steps.
 */
package io.jenkins.plugins.cachepurge.operation.purge;
