package io.jenkins.plugins.cachepurge.engine;

import java.io.IOException;
import java.util.List;

/** Keeps what must outlive a crash. Used by one thread at a time. */
public interface CheckpointStore {

    /** Store for an operation that a restart does not resume. */
    CheckpointStore NONE = (entries, durable) -> {};

    /**
     * Appends entries.
     *
     * @param durable whether they must be on the disk when this returns
     * @throws IOException if they could not be saved
     */
    void append(List<CheckpointEntry> entries, boolean durable) throws IOException;
}
