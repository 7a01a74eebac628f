package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import java.time.Duration;
import java.time.Instant;

/**
 * Token bucket that a service publishes. One token is held back where there are several: requests that are sent with the
 * right distance may arrive a little closer. Not safe for several threads.
 */
final class TokenBucket {

    /**
     * How much later than here a bucket that was full may begin to refill at the service: the first request is under way
     * longer than others, which connections and a busy machine can make a second.
     */
    private static final Duration REFILL_DELAY = Duration.ofSeconds(1);

    private final int capacity;
    private final Duration refill;
    private int tokens;
    private Instant refilledAt;

    TokenBucket(QuotaSpec.Bucket spec, Instant now) {
        this.capacity = Math.max(1, spec.capacity() - 1);
        this.refill = spec.refill();
        this.tokens = capacity;
        this.refilledAt = now;
    }

    boolean tryAcquire(Instant now) {
        fill(now);
        if (tokens == 0) {
            return false;
        }
        if (tokens == capacity) {
            refilledAt = now.plus(REFILL_DELAY);
        }
        tokens--;
        return true;
    }

    /** Gives a token back that was not used. */
    void putBack() {
        tokens = Math.min(capacity, tokens + 1);
    }

    /** When there will be a token. */
    Instant nextToken(Instant now) {
        fill(now);
        return tokens > 0 ? now : refilledAt.plus(refill);
    }

    private void fill(Instant now) {
        long added = Math.max(0, Duration.between(refilledAt, now).dividedBy(refill));
        if (tokens + added >= capacity) {
            tokens = capacity;
            refilledAt = now;
        } else {
            tokens += (int) added;
            refilledAt = refilledAt.plus(refill.multipliedBy(added));
        }
    }
}
