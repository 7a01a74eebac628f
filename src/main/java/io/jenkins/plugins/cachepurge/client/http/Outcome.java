package io.jenkins.plugins.cachepurge.client.http;

/**
 * Outcome of one exchange.
 *
 * @param <T> type of the result of a success
 */
public sealed interface Outcome<T> {

    /** The exchange succeeded, with this result. */
    record Success<T>(T value) implements Outcome<T> {}

    /** The exchange failed. */
    record Failure<T>(ApiException problem) implements Outcome<T> {}
}
