package io.jenkins.plugins.cachepurge.simulator;

import java.time.Duration;
import java.time.Instant;

/** Counts requests by tokens that come back steadily. Not thread safe. */
final class SimTokenBucket {

    private final int capacity;
    private final Duration perToken;
    private double tokens;
    private Instant filledAt = Instant.EPOCH;

    /**
     * @param capacity tokens of a full bucket, as it is at first
     * @param perToken how long one token takes to come back
     */
    SimTokenBucket(int capacity, Duration perToken) {
        this.capacity = capacity;
        this.perToken = perToken;
        this.tokens = capacity;
    }

    /** Whether one more request is allowed now. */
    boolean take(Instant now) {
        double since = (double) Duration.between(filledAt, now).toMillis() / perToken.toMillis();
        tokens = Math.min(capacity, tokens + since);
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** Whole seconds until the next token, rounded up. */
    long secondsLeft() {
        return (long) Math.ceil((1 - tokens) * perToken.toMillis() / 1000);
    }
}
