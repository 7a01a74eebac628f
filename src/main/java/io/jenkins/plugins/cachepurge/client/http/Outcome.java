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
     * @param pause how long the service would refuse another request like it; empty if it says nothing
     */
    record Success<T>(T value, Optional<Duration> pause) implements Outcome<T> {

        /** A success after which another request may follow at once. */
        public Success(T value) {
            this(value, Optional.empty());
        }
    }

    /** The exchange failed. */
    record Failure<T>(ApiException problem) implements Outcome<T> {}
}
