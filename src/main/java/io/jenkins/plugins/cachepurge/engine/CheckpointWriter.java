package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Saves the checkpoint of a session: one thread at a time, so that nothing is saved in another order than it happened. */
final class CheckpointWriter {

    private static final Logger LOGGER = Logger.getLogger(CheckpointWriter.class.getName());

    private final OperationSession<? extends OperationResult> session;
    private final CheckpointStore store;
    /** What could not be saved, and later entries may build upon. */
    private final List<CheckpointEntry> unsaved = new ArrayList<>();

    /** @param session used under its monitor */
    CheckpointWriter(OperationSession<? extends OperationResult> session, CheckpointStore store) {
        this.session = session;
        this.store = store;
    }

    /** Saves what is not saved yet. May block; the session's monitor must not be held. */
    synchronized void save() throws IOException {
        synchronized (session) {
            unsaved.addAll(session.takeUnsaved());
        }
        if (!unsaved.isEmpty()) {
            boolean durable = unsaved.stream().anyMatch(CheckpointEntry::mustBeDurable);
            store.append(List.copyOf(unsaved), durable);
            unsaved.clear();
        }
    }

    /** The same, if possible: after a crash, what was not saved is repeated if it is idempotent, and looked up if not. */
    void saveIfPossible() {
        try {
            save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot save the progress of " + session.description());
        }
    }
}
