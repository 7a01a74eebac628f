package io.jenkins.plugins.cachepurge.client.akamai;

import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.BucketLevel;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One of Akamai's token buckets, as the headers of a response have it: for requests {@code X-Ratelimit-…}, for the objects in
 * them {@code X-Ratelimit-…-Objects}.
 *
 * @param limit tokens of a full bucket
 * @param perSecond tokens that come back in a second, perhaps less than one
 * @param remaining tokens that are left
 */
public record AkamaiRateLimit(long limit, BigDecimal perSecond, long remaining) {

    private static final String OBJECTS = "-Objects";

    /** The bucket for requests; empty if the response does not have it. */
    static Optional<AkamaiRateLimit> ofRequests(ApiResponse answer) {
        return of(answer, "");
    }

    /** The bucket for the type of objects of the request; empty if the response does not have it. */
    static Optional<AkamaiRateLimit> ofObjects(ApiResponse answer) {
        return of(answer, OBJECTS);
    }

    private static Optional<AkamaiRateLimit> of(ApiResponse answer, String suffix) {
        Optional<BigDecimal> limit = number(answer, "Limit" + suffix);
        Optional<BigDecimal> perSecond = number(answer, "Limit-Per-Second" + suffix);
        Optional<BigDecimal> remaining = number(answer, "Remaining" + suffix);
        return limit.isPresent() && perSecond.isPresent() && remaining.isPresent()
                ? Optional.of(new AkamaiRateLimit(
                        limit.get().longValue(),
                        perSecond.get(),
                        remaining.get().longValue()))
                : Optional.empty();
    }

    private static Optional<BigDecimal> number(ApiResponse answer, String name) {
        try {
            return answer.header("X-Ratelimit-" + name).map(String::trim).map(BigDecimal::new);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** How long Akamai would refuse a request with so many objects; empty if it would take it now, or does not say. */
    static Optional<Duration> pauseBefore(ApiResponse answer, long objects) {
        Optional<Duration> forRequest = ofRequests(answer).flatMap(bucket -> bucket.timeUntil(1));
        Optional<Duration> forObjects = ofObjects(answer).flatMap(bucket -> bucket.timeUntil(objects));
        return Stream.concat(forRequest.stream(), forObjects.stream()).max(Duration::compareTo);
    }

    /** The same for a quota; empty if it never refills. */
    Optional<BucketLevel> level() {
        return perSecond.signum() > 0 && limit > 0
                ? Optional.of(new BucketLevel(limit, timeFor(1), Math.max(0, remaining)))
                : Optional.empty();
    }

    /** How long it takes until so many tokens are there; empty if they are, or never will be. */
    Optional<Duration> timeUntil(long tokens) {
        if (tokens <= remaining || tokens > limit || perSecond.signum() <= 0) {
            return Optional.empty();
        }
        return Optional.of(timeFor(tokens - remaining));
    }

    private Duration timeFor(long tokens) {
        double nanos = tokens * (double) TimeUnit.SECONDS.toNanos(1) / perSecond.doubleValue();
        return Duration.ofNanos((long) Math.ceil(nanos));
    }
}
