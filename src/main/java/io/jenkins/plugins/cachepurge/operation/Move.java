package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a driver has to do next.
 *
 * @param <R> what comes of the operation
 */
public sealed interface Move<R extends OperationResult> {

    /**
     * Carry an exchange out, tell its outcome, and ask for the next move.
     *
     * @param atMost how long it may take: until the deadline
     */
    record Send<T, R extends OperationResult>(ApiCall<T> call, Duration atMost, Consumer<Outcome<T>> outcome)
            implements Move<R> {}

    /** Ask for the next move again at the given moment. */
    record Pause<R extends OperationResult>(Instant until) implements Move<R> {}

    /** Return the result. */
    record Succeed<R extends OperationResult>(R result) implements Move<R> {}

    /**
     * Fail.
     *
     * @param farewell what to tell the service first, which may still be at it
     */
    record Fail<R extends OperationResult>(ApiException problem, Optional<ApiCall<?>> farewell) implements Move<R> {}
}
