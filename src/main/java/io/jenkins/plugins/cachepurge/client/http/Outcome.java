package io.jenkins.plugins.cachepurge.client.http;

import java.time.Duration;
import java.util.Optional;

/**
 * Outcome of one exchange.
 *
 * @param <T> type of the result of a success
 */
public sealed interface Outcome<T> {

    /**
     * The exchange succeeded, with this result.
     *
     * @param level what the service says of the token bucket from which it took the request; empty if it says nothing
     * @param pause how long the service wants no more requests; empty if it takes them
     */
    record Success<T>(T value, Optional<BucketLevel> level, Optional<Duration> pause) implements Outcome<T> {

        /** A success of which the service says nothing more. */
        public Success(T value) {
            this(value, Optional.empty(), Optional.empty());
        }
    }

    /** The exchange failed. */
    record Failure<T>(ApiException problem) implements Outcome<T> {}
}
