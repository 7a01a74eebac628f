package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

/** Timer for tasks that never block. */
@FunctionalInterface
public interface Scheduler {

    /**
     * Runs a task later.
     *
     * @param task must neither block nor do I/O: all deadlines wait behind it
     */
    Cancellable schedule(Duration delay, Runnable task);

    /** Runs a task later, or drops it if the timer was stopped: after a restart operations go on from their checkpoints. */
    default Cancellable scheduleOrDrop(Duration delay, Runnable task) {
        try {
            return schedule(delay, task);
        } catch (RejectedExecutionException e) {
            return Cancellable.NONE;
        }
    }
}
