package io.jenkins.plugins.cachepurge.changes;

import io.jenkins.plugins.cachepurge.manifest.FileChanges;

/**
 * What was found out about the changes of a directory; stays the same over restarts.
 *
 * @param key of the baseline that they are compared with
 * @param remembering when the files become the baseline
 * @param comparedWith id of the baseline; empty if there was none
 * @param since number of the build whose files they are compared with; 0 if there was none
 * @param scope what is purged
 */
public record ChangesPlan(
        BaselineKey key,
        ChangesConsumer.Remembering remembering,
        String comparedWith,
        int since,
        Scope scope,
        FileChanges changes) {

    /** What is purged. */
    public enum Scope {
        /** The pages of the changed files. */
        CHANGES,
        /** Everything, since nothing was purged before. */
        EVERYTHING,
        /** Nothing, although nothing was purged before. */
        NOTHING
    }
}
