package io.jenkins.plugins.cachepurge.client.http;

/**
 * How one exchange ended.
 *
 * @param <T> what the service says when it went well
 */
public sealed interface Outcome<T> {

    /** The service answered, and this is what it says. */
    record Success<T>(T value) implements Outcome<T> {}

    /** It did not, or said no. */
    record Failure<T>(ApiException problem) implements Outcome<T> {}
}
