package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import java.util.Optional;

/**
 * Long-running operation at a service, as a state machine without I/O. It is created from a step's parameters, also
 * after a restart, and is never saved; its states are. An author of a CDN needs {@link #ofCall} for a single exchange,
 * {@link #of} for anything longer.
 *
 * @param description for messages
 * @param spec never changes while it runs; passed to each state, so that no state has to contain it
 * @param first the state in which it starts
 * @param cancelCall cancels the operation if it is aborted or times out; only sent after a request that acts
 * @param account name of the credentials of its requests, if it is a part of an operation that has several; empty for
 *     those of the whole operation
 * @param <S> type of the spec
 * @param <R> type of the result
 */
public record Operation<S, R>(
        OperationDescription description, S spec, State<S, R> first, Optional<ApiCall<?>> cancelCall, String account) {

    /** An operation that cannot be cancelled. */
    public static <S, R> Operation<S, R> of(OperationDescription description, S spec, State<S, R> first) {
        return new Operation<>(description, spec, first, Optional.empty(), "");
    }

    /** A single exchange, whose response is the result. */
    public static <R> Operation<ApiCall<R>, R> ofCall(OperationDescription description, ApiCall<R> call) {
        return of(description, call, new SingleCallState<>());
    }

    /** The same operation with a request that cancels it. */
    public Operation<S, R> withCancelCall(Optional<ApiCall<?>> call) {
        return new Operation<>(description, spec, first, call, account);
    }

    /** The same operation with requests that other credentials authenticate than those of the whole. */
    public Operation<S, R> withAccount(String name) {
        return new Operation<>(description, spec, first, cancelCall, name);
    }
}
