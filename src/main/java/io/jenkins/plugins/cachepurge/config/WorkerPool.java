package io.jenkins.plugins.cachepurge.config;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The few threads that carry on with all operations: now, or when their time comes. */
final class WorkerPool extends ScheduledThreadPoolExecutor {

    private static final Logger LOGGER = Logger.getLogger(WorkerPool.class.getName());
    private static final int THREADS = 3;
    private static final int IDLE_SECONDS = 30;

    WorkerPool(ThreadFactory threads) {
        super(THREADS, threads);
        setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        allowCoreThreadTimeOut(true);
        // Each exchange has an alarm that is hardly ever needed.
        setRemoveOnCancelPolicy(true);
    }

    /** Such a pool keeps what a task throws to itself. */
    @Override
    protected void afterExecute(Runnable task, Throwable thrown) {
        if (!(task instanceof Future<?> future) || !future.isDone()) {
            return;
        }
        try {
            future.get();
        } catch (ExecutionException e) {
            LOGGER.log(Level.SEVERE, "A defect of the plugin or of one that adds to it", e.getCause());
        } catch (CancellationException e) {
            // Nobody needs it any more.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
