/**
 * What a build changed: the directory on the agent, and the manifest that was last purged, in the directory of the job.
 * Internal: used by the steps {@code cdnPurge} and {@code cdnChanges}.
 */
package io.jenkins.plugins.cachepurge.changes;
