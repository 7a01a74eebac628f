package io.jenkins.plugins.cachepurge.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An execution of a pipeline. Where it stands follows from the time that is asked for. Not thread safe. */
final class SimBuddyExecution {

    private static final Set<String> TERMINAL = Set.of("SUCCESSFUL", "FAILED", "TERMINATED", "SKIPPED", "NOT_EXECUTED");

    private final int id;
    private final String comment;
    private final Optional<Instant> delayUntil;
    private List<TimedStatus> script;
    private Optional<Instant> startedOnRequest;
    private Optional<Instant> cancelled = Optional.empty();
    private Duration cancelTime = Duration.ZERO;
    private int runs;
    private int cancellations;

    private SimBuddyExecution(
            int id, String comment, Optional<Instant> delayUntil, Optional<Instant> started, List<TimedStatus> script) {
        this.id = id;
        this.comment = comment;
        this.delayUntil = delayUntil;
        this.startedOnRequest = started;
        this.script = script;
    }

    /** One that waits until a time, then goes through the script by itself. */
    static SimBuddyExecution delayed(int id, String comment, Instant until, List<TimedStatus> script) {
        return new SimBuddyExecution(id, comment, Optional.of(until), Optional.empty(), script);
    }

    /** One that starts now. */
    static SimBuddyExecution started(int id, String comment, Instant now, List<TimedStatus> script) {
        return new SimBuddyExecution(id, comment, Optional.empty(), Optional.of(now), script);
    }

    int id() {
        return id;
    }

    String comment() {
        return comment;
    }

    Optional<Instant> delayUntil() {
        return delayUntil;
    }

    /** How often a request to run it at once, or again, took effect. */
    int runs() {
        return runs;
    }

    /** How often a request to cancel it took effect. */
    int cancellations() {
        return cancellations;
    }

    /** What it will go through, unless it has started by request. */
    void follow(List<TimedStatus> other) {
        if (startedOnRequest.isEmpty()) {
            script = other;
        }
    }

    boolean isWaiting(Instant now) {
        return startDate(now).isEmpty() && cancelled.isEmpty();
    }

    boolean isFinished(Instant now) {
        return TERMINAL.contains(status(now));
    }

    void run(Instant now, List<TimedStatus> toFollow) {
        script = toFollow;
        startedOnRequest = Optional.of(now);
        cancelled = Optional.empty();
        runs++;
    }

    void cancel(Instant now, Duration takes) {
        cancelTime = isWaiting(now) ? Duration.ZERO : takes;
        cancelled = Optional.of(now);
        cancellations++;
    }

    String status(Instant now) {
        if (isWaiting(now)) {
            return "INITIAL";
        }
        if (cancelled.isPresent()) {
            return now.isBefore(cancelled.get().plus(cancelTime)) ? "TERMINATING" : "TERMINATED";
        }
        Instant end = startDate(now).orElseThrow();
        for (TimedStatus phase : script) {
            end = end.plus(phase.time());
            if (now.isBefore(end)) {
                return phase.status();
            }
        }
        return last().status();
    }

    Optional<Instant> startDate(Instant now) {
        if (startedOnRequest.isPresent()) {
            return startedOnRequest;
        }
        // What is cancelled before its time never starts.
        Instant latest = cancelled.orElse(now);
        return delayUntil.filter(until -> !latest.isBefore(until));
    }

    Optional<Instant> finishDate(Instant now) {
        if (!isFinished(now)) {
            return Optional.empty();
        }
        if (cancelled.isPresent()) {
            return cancelled.map(time -> time.plus(cancelTime));
        }
        Duration beforeLast = script.stream().map(TimedStatus::time).reduce(Duration.ZERO, Duration::plus);
        return startDate(now).map(start -> start.plus(beforeLast).minus(last().time()));
    }

    private TimedStatus last() {
        return script.get(script.size() - 1);
    }
}
