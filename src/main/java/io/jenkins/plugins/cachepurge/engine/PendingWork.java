package io.jenkins.plugins.cachepurge.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** What a driver waits for: a timer or an exchange, and meanwhile the deadline. Safe for several threads. */
final class PendingWork {

    private static final AsyncDriver.Wakeup NOTHING = () -> {};

    private final AsyncDriver.Scheduler scheduler;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicReference<AsyncDriver.Wakeup> current = new AtomicReference<>(NOTHING);
    private final AtomicReference<AsyncDriver.Wakeup> alarm = new AtomicReference<>(NOTHING);
    /** Ends the last exchange, unless it has ended. */
    private volatile Runnable atDeadline = () -> {};

    PendingWork(AsyncDriver.Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    boolean isOver() {
        return over.get();
    }

    /** @return false where it had ended already */
    boolean end() {
        boolean first = over.compareAndSet(false, true);
        alarm.get().cancel();
        return first;
    }

    /** Gives up what is waited for now. */
    void cancel() {
        current.get().cancel();
    }

    /** An end may have come while this was being set up; it then cancelled what was outstanding before. */
    void await(AsyncDriver.Wakeup what) {
        current.set(what);
        if (over.get()) {
            what.cancel();
        }
    }

    /** @param late done at the deadline; does nothing where the exchange has ended */
    void await(AsyncDriver.Wakeup exchange, Runnable late) {
        atDeadline = late;
        await(exchange);
    }

    /**
     * An exchange has a limit of its own, but that does not count while it waits for a connection to be free. All exchanges
     * of a session have the same deadline: one alarm serves them.
     */
    void keepDeadline(Duration left) {
        if (alarm.get() != NOTHING) {
            return;
        }
        alarm.set(scheduler.schedule(left, this::deadline));
        if (over.get()) {
            alarm.get().cancel();
        }
    }

    private void deadline() {
        alarm.set(NOTHING);
        atDeadline.run();
    }
}
