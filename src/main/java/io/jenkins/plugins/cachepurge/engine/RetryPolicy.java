package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a failed exchange is sent again: exponential backoff with jitter, and never earlier than the service says. Written
 * here since no API plugin of Jenkins offers one.
 *
 * @param random spreads what would otherwise come at the same moment
 */
public record RetryPolicy(RandomGenerator random) {

    private static final Duration MIN_DELAY = Duration.ofSeconds(1);
    private static final Duration MAX_DELAY = Duration.ofSeconds(30);
    private static final int MAX_DOUBLINGS = 5;

    /**
     * How long to wait before the next attempt.
     *
     * @param attempt number of attempts that have failed in a row, 1 or more
     */
    Duration delay(int attempt, ApiException problem) {
        Duration backoff = backoff(attempt);
        return problem.retryAfter()
                .filter(hint -> hint.compareTo(backoff) > 0)
                .map(this::notBefore)
                .orElse(backoff);
    }

    /** Half of it at least, so that a service that names no time is left alone for longer each time. */
    Duration backoff(int attempt) {
        Duration whole = MIN_DELAY.multipliedBy(1L << Math.min(attempt - 1, MAX_DOUBLINGS));
        Duration capped = whole.compareTo(MAX_DELAY) < 0 ? whole : MAX_DELAY;
        return capped.dividedBy(2).plus(jitter(capped.dividedBy(2)));
    }

    /** Never earlier than told, and not all at the same moment. */
    private Duration notBefore(Duration hint) {
        Duration tenth = hint.dividedBy(10);
        return hint.plus(jitter(tenth.compareTo(MIN_DELAY) < 0 ? MIN_DELAY : tenth));
    }

    private Duration jitter(Duration max) {
        return Duration.ofMillis(random.nextLong(max.toMillis() + 1));
    }
}
