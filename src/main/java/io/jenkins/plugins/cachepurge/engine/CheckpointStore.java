package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.io.IOException;

/** Keeps what must outlive a crash: written before and after what changes something at a service, not at each poll. */
@FunctionalInterface
public interface CheckpointStore<R extends OperationResult> {

    /** @throws IOException where it could not be written; nothing is sent then */
    void save(Checkpoint<R> checkpoint) throws IOException;
}
