package io.jenkins.plugins.cachepurge.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lines for people, in order. Whoever drains it may block, one thread at a time; nobody waits for that thread.
 *
 * @param <M> type of a line
 */
final class ConsoleQueue<M> {

    private final Consumer<M> receiver;
    private final Deque<M> lines = new ArrayDeque<>();
    private final List<Runnable> whenEmpty = new ArrayList<>();
    private boolean draining;

    /** @param receiver may block */
    ConsoleQueue(Consumer<M> receiver) {
        this.receiver = receiver;
    }

    /** Never blocks. */
    synchronized void add(Collection<M> more) {
        lines.addAll(more);
    }

    /** Passes all lines on, unless another thread is doing so. */
    void drain() {
        synchronized (this) {
            if (draining) {
                return;
            }
            draining = true;
        }
        try {
            for (M line = next(); line != null; line = next()) {
                receiver.accept(line);
            }
        } catch (RuntimeException | Error e) {
            stopDraining();
            throw e;
        } finally {
            runWhenEmpty();
        }
    }

    /** Null if none is left, and then this thread does not drain any more: another may begin at once. */
    private synchronized M next() {
        M line = lines.poll();
        draining = line != null;
        return line;
    }

    private synchronized void stopDraining() {
        draining = false;
    }

    private void runWhenEmpty() {
        List<Runnable> actions = List.of();
        synchronized (this) {
            if (!draining && lines.isEmpty()) {
                actions = List.copyOf(whenEmpty);
                whenEmpty.clear();
            }
        }
        actions.forEach(Runnable::run);
    }

    /** Runs an action as soon as all lines were passed on, which may be at once. */
    void whenEmpty(Runnable action) {
        synchronized (this) {
            if (draining || !lines.isEmpty()) {
                whenEmpty.add(action);
                return;
            }
        }
        action.run();
    }
}
