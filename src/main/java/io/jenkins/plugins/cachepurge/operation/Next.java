package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Next action of an operation.
 *
 * @param <S> type of the operation's spec
 * @param <R> type of the operation's result
 */
public sealed interface Next<S, R> {

    /**
     * One exchange.
     *
     * @param onSuccess the state that its response leads to
     * @param onLost the state that looks up its effect, if it may have taken effect although no usable response came;
     *     null if it may simply be sent again
     * @param batch how a list can answer it together with those of other operations; empty if none can
     * @param <T> type of the response
     */
    record Exchange<T, S, R>(
            ApiCall<T> call,
            Function<T, State<S, R>> onSuccess,
            Function<LostResponse, State<S, R>> onLost,
            Optional<BatchLookup<T>> batch)
            implements Next<S, R> {

        public Exchange {
            if ((onLost != null) != (call.idempotency() == Idempotency.NOT_IDEMPOTENT)) {
                throw new IllegalArgumentException(
                        "what is not idempotent, and nothing else, needs a state for a lost response: "
                                + call.purpose());
            }
        }
    }

    /**
     * A pause before the service is polled again.
     *
     * @param status a line for people, who read it if it has changed
     * @param until when it ends, if the service names a time; the engine decides if it is empty
     * @param detail said instead of the status in the message about a timeout: it may differ with each poll
     */
    record Wait<S, R>(LocalizedText status, State<S, R> then, Optional<Instant> until, String detail)
            implements Next<S, R> {

        /** A pause of which the engine decides how long it is. */
        public Wait(LocalizedText status, State<S, R> then) {
            this(status, then, Optional.empty());
        }

        /** A pause whose status says everything. */
        public Wait(LocalizedText status, State<S, R> then, Optional<Instant> until) {
            this(status, then, until, status.toString());
        }

        /** The same with more for the message about a timeout. */
        public Wait<S, R> withDetail(String detail) {
            return new Wait<>(status, then, until, detail);
        }
    }

    /** The operation succeeded. */
    record Succeed<S, R>(R result) implements Next<S, R> {}

    /** The operation failed. */
    record Fail<S, R>(ApiException problem) implements Next<S, R> {}

    /**
     * Other operations, one after the other or side by side. If one of them fails for good, this operation fails.
     *
     * @param tally makes an empty tally of their results
     * @param onSuccess the state that the results of all lead to
     * @param <P> type of the results of the parts
     * @param <T> type of the tally
     */
    record RunParts<P extends Serializable, T extends Tally<P>, S, R>(
            Parts<P> parts, Supplier<T> tally, Function<T, State<S, R>> onSuccess) implements Next<S, R> {}

    /** An exchange that may be repeated without harm. */
    static <T, S, R> Next<S, R> exchange(ApiCall<T> call, Function<T, State<S, R>> onSuccess) {
        return new Exchange<>(call, onSuccess, null, Optional.empty());
    }

    /** An exchange that may be repeated without harm, and that a list can answer as well. */
    static <T, S, R> Next<S, R> exchange(ApiCall<T> call, BatchLookup<T> batch, Function<T, State<S, R>> onSuccess) {
        return new Exchange<>(call, onSuccess, null, Optional.of(batch));
    }

    /** An exchange that must not be repeated before its effect is looked up. */
    static <T, S, R> Next<S, R> exchangeOnce(
            ApiCall<T> call, Function<T, State<S, R>> onSuccess, Function<LostResponse, State<S, R>> onLost) {
        return new Exchange<>(call, onSuccess, onLost, Optional.empty());
    }
}
