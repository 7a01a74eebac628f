package io.jenkins.plugins.cachepurge.engine;

import java.time.Duration;
import java.time.Instant;

/** Schedule of the checkpoints of what may be repeated without harm. Not safe for several threads. */
final class SaveSchedule {

    /** How long what is idempotent may have been done without being saved: a crash repeats it. */
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(10);

    /** A long operation repeats this share of it at most after a crash, so that its checkpoint stays small. */
    private static final int MAX_REPEATED_SHARE = 32;

    private final Instant startedAt;
    private Instant savedAt;
    private boolean urgent;

    /**
     * @param startedAt when the operation began
     * @param now when the schedule begins
     */
    SaveSchedule(Instant startedAt, Instant now) {
        this.startedAt = startedAt;
        this.savedAt = now;
    }

    /** Something was done that a crash should not repeat. */
    void hurry() {
        urgent = true;
    }

    boolean isDue(Instant now) {
        return urgent || !now.isBefore(savedAt.plus(interval()));
    }

    private Duration interval() {
        Duration share = Duration.between(startedAt, savedAt).dividedBy(MAX_REPEATED_SHARE);
        return share.compareTo(MIN_INTERVAL) > 0 ? share : MIN_INTERVAL;
    }

    /** All was saved. */
    void saved(Instant now) {
        savedAt = now;
        urgent = false;
    }
}
