package io.jenkins.plugins.cachepurge.client.akamai;

import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import java.time.Duration;
import java.util.Locale;

/**
 * What the objects of a purge are; a request has objects of one type. For each type an account has a token bucket, with a
 * token for each object.
 */
public enum AkamaiObjectType {
    /** URLs of pages; http and https are both purged. 12,000 a minute. */
    URL("URL", 5_000, 10_000, Duration.ofMillis(5)),
    /** Numbers of content provider codes, which stand for all that is delivered under them. 30 a minute. */
    CPCODE("CP code", 100, 300, Duration.ofSeconds(2)),
    /** Tags of the header {@code Edge-Cache-Tag}. 500 a minute. */
    TAG("tag", 1_000, 5_000, Duration.ofMillis(120));

    private final String noun;
    private final int maxObjects;
    private final int capacity;
    private final Duration refill;

    AkamaiObjectType(String noun, int maxObjects, int capacity, Duration refill) {
        this.noun = noun;
        this.maxObjects = maxObjects;
        this.capacity = capacity;
        this.refill = refill;
    }

    /** Segment of the API's path. */
    String segment() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One of them, for messages. */
    String noun() {
        return noun;
    }

    /** Maximum number of objects in a request. Akamai takes as many as the bucket has, which takes minutes to fill. */
    public int maxObjects() {
        return maxObjects;
    }

    /** A quota with the bucket of this type. */
    QuotaSpec limit(QuotaSpec quota) {
        return quota.withBucket(noun, capacity, refill);
    }
}
