/**
 * Real caches, as they are installed on this machine, in front of a site that changes. Used by tests and the demo; knows
 * nothing of Jenkins.
 */
package io.jenkins.plugins.cachepurge.caches;
