package io.jenkins.plugins.cachepurge.simulator;

import java.time.Duration;
import java.time.Instant;

/** Counts requests in fixed windows: the first request after a window has ended opens the next. Not thread safe. */
final class SimFixedWindow {

    private final int limit;
    private final Duration length;
    private Instant end = Instant.MIN;
    private int used;

    SimFixedWindow(int limit, Duration length) {
        this.limit = limit;
        this.length = length;
    }

    /** Whether one more request is allowed now. */
    boolean take(Instant now) {
        if (!now.isBefore(end)) {
            end = now.plus(length);
            used = 0;
        }
        if (used == limit) {
            return false;
        }
        used++;
        return true;
    }

    int limit() {
        return limit;
    }

    Duration length() {
        return length;
    }

    int remaining() {
        return limit - used;
    }

    /** When the present window ends. */
    Instant end() {
        return end;
    }

    /** Whole seconds to wait, rounded up: whoever waits that long is let in. */
    long secondsLeft(Instant now) {
        return Math.max(0, Duration.between(now, end).plusNanos(999_999_999).toSeconds());
    }
}
