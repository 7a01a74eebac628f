package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.simulator.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Time that passes only where somebody waits for it: an hour takes as long as what happens in it. */
public final class VirtualTime implements InstantSource, Scheduler, BlockingDriver.Waiter, Executor {

    /** Not a whole second, since HTTP dates are and the difference must not matter. */
    public static final Instant START = Instant.parse("2026-03-01T12:00:00.250Z");

    /** More than any test has tasks: what goes on beyond that never ends. */
    private static final int ENDLESS = 5_000_000;

    private record Task(Instant due, long number, Runnable work) {}

    private final SettableClock clock = new SettableClock(START);
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::due).thenComparing(Task::number));
    private long added;

    @Override
    public Instant instant() {
        return clock.instant();
    }

    /** How much of it has passed since the start. */
    public Duration passed() {
        return Duration.between(START, instant());
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable work) {
        Task task = new Task(instant().plus(delay), added++, work);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    /** Does it when the present task is over, as a worker's thread would. */
    @Override
    public void execute(Runnable work) {
        schedule(Duration.ZERO, work);
    }

    /** Lets the time pass until the end has come. */
    @Override
    public void await(Future<?> end) throws InterruptedException, ExecutionException {
        runUntil(end::isDone);
        end.get();
    }

    /** Lets the time pass until a moment. */
    public void sleepUntil(Instant moment) {
        while (!tasks.isEmpty() && !tasks.peek().due().isAfter(moment)) {
            runNext();
        }
        if (instant().isBefore(moment)) {
            clock.advance(Duration.between(instant(), moment));
        }
    }

    public void sleep(Duration time) {
        sleepUntil(instant().plus(time));
    }

    /** Lets the time pass until the next task is due, and does it. */
    public void runNext() {
        Task task = tasks.remove();
        if (instant().isBefore(task.due())) {
            clock.advance(Duration.between(instant(), task.due()));
        }
        task.work().run();
    }

    /** Lets the time pass until something holds. */
    public void runUntil(BooleanSupplier holds) {
        for (int count = 0; !holds.getAsBoolean(); count++) {
            if (count == ENDLESS) {
                throw new AssertionError("the tasks never end");
            }
            runNext();
        }
    }

    /** Lets the time pass until nothing is left to do. */
    public void runAll() {
        runUntil(this::idle);
    }

    public boolean idle() {
        return tasks.isEmpty();
    }

    /** Drops whatever was to be done, as a crash of the machine does. */
    public void dropTasks() {
        tasks.clear();
    }
}
