/**
 * What the purges of all CDNs share: selections, options, requests and results.
 * API for other plugins, except {@code DryRun}, {@code PurgeResultMap} and {@code WildcardPaths}.
 */
package io.jenkins.plugins.cachepurge.operation.purge;
