package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.BucketLevel;
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

    private long capacity;
    private Duration refill;
    private long tokens;
    /** Tokens of the requests that are under way. */
    private long inFlight;

    private Instant refilledAt;

    TokenBucket(QuotaSpec.Bucket spec, Instant now) {
        this.capacity = usable(spec.capacity());
        this.refill = spec.refill();
        this.tokens = capacity;
        this.refilledAt = now;
    }

    private static long usable(long tokens) {
        return Math.max(1, tokens - 1);
    }

    /** Takes the tokens of a request; {@link #release} must follow if it does. */
    boolean tryAcquire(int cost, Instant now) {
        fill(now);
        long taken = affordable(cost);
        if (tokens < taken) {
            return false;
        }
        if (tokens == capacity) {
            refilledAt = now.plus(REFILL_DELAY);
        }
        tokens -= taken;
        inFlight += cost;
        return true;
    }

    /** A request that takes more than a full bucket has is for the service to refuse. */
    private long affordable(int cost) {
        return Math.min(cost, capacity);
    }

    /**
     * The request is not under way any more.
     *
     * @param unused whether it was not sent, so that its tokens are put back
     */
    void release(int cost, boolean unused) {
        inFlight -= cost;
        if (unused) {
            tokens = Math.min(capacity, tokens + cost);
        }
    }

    /**
     * Believes the service, whose tokens others take as well; requests under way may be counted already or not.
     *
     * @param cost of the request whose response says it, which is counted
     */
    void adopt(BucketLevel level, int cost, Instant now) {
        fill(now);
        capacity = usable(level.capacity());
        refill = level.refill();
        long left = Math.max(0, level.remaining() - 1 - (inFlight - cost));
        tokens = Math.min(Math.min(tokens, capacity), left);
    }

    /** When there will be the tokens of a request. */
    Instant availableAt(int cost, Instant now) {
        fill(now);
        long missing = affordable(cost) - tokens;
        return missing <= 0 ? now : refilledAt.plus(refill.multipliedBy(missing));
    }

    private void fill(Instant now) {
        long added = Math.max(0, Duration.between(refilledAt, now).dividedBy(refill));
        if (tokens + added >= capacity) {
            tokens = capacity;
            refilledAt = now;
        } else {
            tokens += added;
            refilledAt = refilledAt.plus(refill.multipliedBy(added));
        }
    }
}
