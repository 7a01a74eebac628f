package io.jenkins.plugins.cachepurge.changes;

import io.jenkins.plugins.cachepurge.manifest.FileChanges;

/**
 * What a purge of changes found out before it began; stays the same over restarts.
 *
 * @param comparedWith id of the baseline; empty if there was none
 * @param since number of the build whose purge it is compared with; 0 if there was none
 * @param scope what it purges
 */
record ChangesPlan(String comparedWith, int since, Scope scope, FileChanges changes) {

    /** What is purged. */
    enum Scope {
        /** The pages of the changed files. */
        CHANGES,
        /** Everything, since nothing was purged before. */
        EVERYTHING,
        /** Nothing, although nothing was purged before. */
        NOTHING
    }
}
