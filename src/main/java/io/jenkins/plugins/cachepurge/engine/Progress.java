package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.time.Instant;
import java.util.List;

/**
 * How far a session is.
 *
 * @param <R> type of the operation's result
 */
sealed interface Progress<R extends OperationResult> {

    /** The operation succeeded. */
    record Succeeded<R extends OperationResult>(R result) implements Progress<R> {}

    /** The operation failed. */
    record Failed<R extends OperationResult>(ApiException problem) implements Progress<R> {}

    /**
     * The operation goes on.
     *
     * @param ready parts that can send something now
     * @param waiting parts that will send something later
     * @param wakeAt when to advance again, if nothing happens before
     */
    record Pending<R extends OperationResult>(
            List<PartSession<?, ?>> ready, List<PartSession<?, ?>> waiting, Instant wakeAt) implements Progress<R> {}
}
