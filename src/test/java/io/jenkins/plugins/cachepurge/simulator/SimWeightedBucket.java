package io.jenkins.plugins.cachepurge.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** A token bucket of which a request may take several tokens. Not thread safe. */
final class SimWeightedBucket {

    private final int capacity;
    private final double perSecond;
    private double tokens;
    private Instant filledAt = Instant.EPOCH;

    /** A full bucket. */
    SimWeightedBucket(int capacity, double perSecond) {
        this.capacity = capacity;
        this.perSecond = perSecond;
        this.tokens = capacity;
    }

    /** Whether there are so many tokens now; takes none. */
    boolean has(int wanted, Instant now) {
        double seconds = Duration.between(filledAt, now).toMillis() / 1000.0;
        tokens = Math.min(capacity, tokens + seconds * perSecond);
        filledAt = now;
        return wanted <= tokens;
    }

    void take(int taken) {
        tokens -= taken;
    }

    int remaining() {
        return (int) Math.floor(tokens);
    }

    /** The response with the headers that tell how full the bucket is. */
    SimResponse tell(SimResponse response, String suffix) {
        return response.withHeader("X-Ratelimit-Limit" + suffix, Integer.toString(capacity))
                .withHeader("X-Ratelimit-Limit-Per-Second" + suffix, decimal(perSecond))
                .withHeader("X-Ratelimit-Remaining" + suffix, Integer.toString(remaining()))
                .withHeader("X-Ratelimit-Seconds-To-Refresh-Limit" + suffix, decimal((capacity - tokens) / perSecond));
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}
