package io.jenkins.plugins.cachepurge.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Runs only so many tasks at the same time on the threads of another executor, so that tasks that block take no thread from
 * others. Safe for several threads.
 */
public final class LimitedExecutor implements Executor {

    private final Executor threads;
    private final int limit;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    /** @param limit how many tasks may run at the same time, 1 or more */
    public LimitedExecutor(Executor threads, int limit) {
        this.threads = threads;
        this.limit = limit;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            if (running == limit) {
                waiting.add(task);
                return;
            }
            running++;
        }
        start(task);
    }

    private void start(Runnable task) {
        try {
            threads.execute(() -> run(task));
        } catch (RuntimeException | Error e) {
            release();
            throw e;
        }
    }

    /** Goes on with the tasks that wait, so that no other thread is needed for them. */
    private void run(Runnable first) {
        Runnable task = first;
        try {
            while (task != null) {
                task.run();
                task = next();
            }
        } catch (RuntimeException | Error e) {
            Runnable next = next();
            if (next != null) {
                start(next);
            }
            throw e;
        }
    }

    private synchronized Runnable next() {
        Runnable task = waiting.poll();
        if (task == null) {
            running--;
        }
        return task;
    }

    private synchronized void release() {
        running--;
    }
}
