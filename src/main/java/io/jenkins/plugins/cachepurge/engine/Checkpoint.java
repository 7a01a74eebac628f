package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * What must be known to go on after a restart.
 *
 * @param operation its state
 * @param startedAt when the operation began
 * @param timeout how long it may take
 * @param sentAt when an exchange began of which no outcome is known yet, and which must not simply be repeated; else null
 * @param requests how many requests were sent so far, the one that began at {@code sentAt} included
 */
public record Checkpoint<R extends OperationResult>(
        Operation<R> operation, Instant startedAt, Duration timeout, Instant sentAt, int requests)
        implements Serializable {

    /** An operation of which nothing was sent yet. */
    public static <R extends OperationResult> Checkpoint<R> start(
            Operation<R> operation, Duration timeout, Instant now) {
        return new Checkpoint<>(operation, now, timeout, null, 0);
    }
}
