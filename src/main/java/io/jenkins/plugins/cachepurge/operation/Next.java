package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an operation wants next.
 *
 * @param <R> what comes of the operation
 */
public sealed interface Next<R extends OperationResult> {

    /** Equal to another's only where the same list tells both answers, too; empty where there is none. */
    default Optional<Object> list() {
        return Optional.empty();
    }

    /**
     * An exchange.
     *
     * @param answered where its answer leads
     * @param lost where it leads when it may have taken effect although no usable answer came
     * @param failed where else it leads when it failed; empty for a repeat, or the end
     * @param listed where else its answer can be found; empty where nowhere
     * @param <T> what a success says
     */
    record Ask<T, R extends OperationResult>(
            ApiCall<T> call,
            Function<T, Operation<R>> answered,
            Function<Lost, Operation<R>> lost,
            Function<ApiException, Optional<Detour<R>>> failed,
            Optional<BatchLookup<T>> listed)
            implements Next<R> {

        /** An exchange whose answer cannot be found elsewhere. */
        public Ask(
                ApiCall<T> call,
                Function<T, Operation<R>> answered,
                Function<Lost, Operation<R>> lost,
                Function<ApiException, Optional<Detour<R>>> failed) {
            this(call, answered, lost, failed, Optional.empty());
        }

        public Ask {
            if (lost == null && call.idempotency() != Idempotency.IDEMPOTENT) {
                throw new IllegalArgumentException(
                        "nothing says what to do when the answer is lost: " + call.purpose());
            }
        }

        @Override
        public Optional<Object> list() {
            return listed.map(BatchLookup::list);
        }
    }

    /**
     * An exchange whose answer never came.
     *
     * @param sentAt not later than it was sent, by this side's clock
     */
    record Lost(Instant sentAt) {}

    /**
     * What to do where an exchange failed, other than to make it again or give up.
     *
     * @param then a state that knows of the failure
     * @param atOnce false to pause first, as before a repeat
     */
    record Detour<R extends OperationResult>(Operation<R> then, boolean atOnce) {}

    /**
     * A pause before the operation is asked again; how long is the session's business.
     *
     * @param state how things stand, for the console: said when it changes
     */
    record Wait<R extends OperationResult>(String state, Operation<R> then) implements Next<R> {}

    /** The end, as wished. */
    record Done<R extends OperationResult>(R result) implements Next<R> {}

    /** The end, otherwise. */
    record Broken<R extends OperationResult>(ApiException problem) implements Next<R> {}

    /** An exchange that may be made again as often as it takes. */
    static <T, R extends OperationResult> Next<R> ask(ApiCall<T> call, Function<T, Operation<R>> answered) {
        return new Ask<>(call, answered, null, problem -> Optional.empty());
    }

    /** The same where a list tells it, too. */
    static <T, R extends OperationResult> Next<R> ask(
            ApiCall<T> call, BatchLookup<T> listed, Function<T, Operation<R>> answered) {
        return new Ask<>(call, answered, null, problem -> Optional.empty(), Optional.of(listed));
    }

    /** An exchange that must not be made again before the service was asked what became of it. */
    static <T, R extends OperationResult> Next<R> askOnce(
            ApiCall<T> call, Function<T, Operation<R>> answered, Function<Lost, Operation<R>> lost) {
        return new Ask<>(call, answered, lost, problem -> Optional.empty());
    }
}
