package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import java.time.Duration;

/** Timer for tasks that never block. */
@FunctionalInterface
public interface Scheduler {

    /**
     * Runs a task later.
     *
     * @param task must neither block nor do I/O: all deadlines wait behind it
     */
    Cancellable schedule(Duration delay, Runnable task);
}
