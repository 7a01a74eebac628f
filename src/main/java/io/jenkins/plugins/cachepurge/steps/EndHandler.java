package io.jenkins.plugins.cachepurge.steps;

import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.io.IOException;
import java.util.Optional;

/**
 * What follows from the end of an operation in a build.
 *
 * @param <R> type of its result
 */
public interface EndHandler<R extends OperationResult> {

    /**
     * The operation succeeded. May block. After a crash it may be called again for the same operation.
     *
     * @return the result of the step
     * @throws IOException if what follows failed; then the step fails
     */
    OperationResult succeeded(R result) throws IOException;

    /** The step has ended in whatever way. Must not block. */
    default void ended() {}

    /** Address of a page with more about the operation, relative to the build. */
    default Optional<String> details() {
        return Optional.empty();
    }

    /** Whether {@link #succeeded} may block. */
    default boolean mayBlock() {
        return true;
    }

    /** Handler for an operation from which nothing follows. */
    static <R extends OperationResult> EndHandler<R> none() {
        return new EndHandler<>() {
            @Override
            public OperationResult succeeded(R result) {
                return result;
            }

            @Override
            public boolean mayBlock() {
                return false;
            }
        };
    }
}
