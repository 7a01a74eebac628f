/**
 * What the purge operations of all CDNs have in common: what is to be purged, and what came of it.
 */
package io.jenkins.plugins.cachepurge.operation.purge;
