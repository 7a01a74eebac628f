package io.jenkins.plugins.cachepurge.client.http;

import java.time.Duration;
import java.util.Optional;

/**
 * Limits of a service for one credential, as far as they are published.
 *
 * @param maxConcurrent how many exchanges may be under way at the same time, 1 or more; an administrator can change it
 * @param bucket the token bucket that the service publishes for this kind of request; empty if it publishes none
 * @param cost how many tokens a request takes, 1 or more
 */
public record QuotaSpec(int maxConcurrent, Optional<Bucket> bucket, int cost) {

    /** For a service that publishes no limits. */
    public static final QuotaSpec DEFAULT = concurrent(6);

    /**
     * Published token bucket.
     *
     * @param name unique among the service's buckets
     * @param capacity how many tokens there are after a pause, 1 or more
     * @param refill how long it takes until there is one more
     */
    public record Bucket(String name, int capacity, Duration refill) {}

    /** A number of exchanges at the same time, and no token bucket. */
    /** A quota without a token bucket. */
    public static QuotaSpec concurrent(int maxConcurrent) {
        return new QuotaSpec(maxConcurrent, Optional.empty(), 1);
    }

    /** The same with a token bucket. */
    public QuotaSpec withBucket(String name, int capacity, Duration refill) {
        return new QuotaSpec(maxConcurrent, Optional.of(new Bucket(name, capacity, refill)), cost);
    }

    /** The same for requests that take several tokens. */
    public QuotaSpec withCost(int cost) {
        return new QuotaSpec(maxConcurrent, bucket, cost);
    }

    /** The same with another number of exchanges at the same time. */
    public QuotaSpec withMaxConcurrent(int maxConcurrent) {
        return new QuotaSpec(maxConcurrent, bucket, cost);
    }
}
