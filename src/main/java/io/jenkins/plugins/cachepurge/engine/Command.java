package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.operation.BatchLookup;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
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
public sealed interface Command<R extends OperationResult> {

    /**
     * Carry an exchange out, tell its outcome, and ask for the next move.
     *
     * @param listed where else its answer can be found
     * @param atMost how long it may take: until the deadline
     */
    record Send<T, R extends OperationResult>(
            ApiCall<T> call, Optional<BatchLookup<T>> listed, Duration atMost, Consumer<Outcome<T>> outcome)
            implements Command<R> {}

    /**
     * Ask for the next move again at the given moment.
     *
     * @param company what that move can be made with; empty where it is made alone
     */
    record Pause<R extends OperationResult>(Instant until, Optional<Company> company) implements Command<R> {
        Pause(Instant until) {
            this(until, Optional.empty());
        }
    }

    /**
     * Operations that will look for an answer in the same list can do so together.
     *
     * @param list equal to another's only where they do
     * @param earliest when this one may do so, if others do
     */
    record Company(Object list, Instant earliest) {}

    /** Return the result. */
    record Succeed<R extends OperationResult>(R result) implements Command<R> {}

    /**
     * Fail.
     *
     * @param farewell what to tell the service first, which may still be at it
     */
    record Fail<R extends OperationResult>(ApiException problem, Optional<ApiCall<?>> farewell) implements Command<R> {}
}
