package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import java.time.Duration;
import java.time.Instant;

/**
 * Token bucket that a service publishes. One token is held back where there are several: requests that are sent with the
 * right distance may arrive a little closer. Not safe for several threads.
 */
final class TokenBucket {

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
