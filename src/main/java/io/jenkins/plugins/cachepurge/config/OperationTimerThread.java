package io.jenkins.plugins.cachepurge.config;

import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.engine.Scheduler;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Timer of all operations, with one thread whose tasks never block. Not Jenkins' own timer: its tasks do block, and
 * cancelled tasks remain in it until they are due.
 */
final class OperationTimerThread implements Scheduler {

    private static final Logger LOGGER = Logger.getLogger(OperationTimerThread.class.getName());
    private static final int IDLE_SECONDS = 30;

    private final ScheduledThreadPoolExecutor thread;

    OperationTimerThread(ThreadFactory threads) {
        thread = new ScheduledThreadPoolExecutor(1, threads);
        thread.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        // Each exchange has a deadline that is hardly ever needed.
        thread.setRemoveOnCancelPolicy(true);
    }

    /** To the nanosecond: a task that wakes a part of a millisecond too early would be scheduled again and again. */
    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        try {
            Future<?> future = thread.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            // Jenkins stops: a restart sets the deadlines again.
            return Cancellable.NONE;
        }
    }

    /** A ScheduledThreadPoolExecutor swallows exceptions. */
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            LOGGER.log(Level.SEVERE, "Unexpected error in Cache Purge or an extension of it", e);
        }
    }

    /** Drops all tasks. */
    void shutDown() {
        thread.shutdownNow();
    }
}
