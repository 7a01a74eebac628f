package io.jenkins.plugins.cachepurge.engine;

import java.time.Instant;
import java.util.List;

/**
 * Brings a session's parts to where a checkpoint says they are.
 *
 * @param root the operation itself, as it starts
 */
record CheckpointRestorer(PartSession<?, ?> root, Instant now) {

    /** @throws IllegalStateException if the checkpoint is that of another operation */
    void restore(List<CheckpointEntry> checkpoint) {
        checkpoint.forEach(this::restore);
    }

    private void restore(CheckpointEntry entry) {
        if (entry instanceof CheckpointEntry.Sent sent) {
            part(sent.part()).restore(sent);
        } else if (entry instanceof CheckpointEntry.Changed changed) {
            part(changed.part()).restore(changed);
        } else if (entry instanceof CheckpointEntry.Succeeded succeeded) {
            part(succeeded.group()).restoredGroup().restoreSucceeded(succeeded.results());
        } else if (entry instanceof CheckpointEntry.Failed failed) {
            part(failed.group()).restoredGroup().restoreFailed(failed);
        }
    }

    private PartSession<?, ?> part(PartPath path) {
        PartSession<?, ?> part = root;
        for (int index : path.indices()) {
            part = part.restoredGroup().child(index, now);
        }
        return part;
    }
}
