package io.jenkins.plugins.cachepurge.steps;

import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.credentials.SignerSource;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * Operation of a step with checked parameters.
 *
 * @param signers how its requests are authenticated
 * @param timeout of the whole operation, retries and waiting included
 * @param endHandler what follows from its end
 */
public record PreparedOperation<R extends OperationResult>(
        Operation<?, R> operation, SignerSource signers, Duration timeout, EndHandler<R> endHandler) {

    /** More parts than this are all alike. */
    private static final int MAX_DIFFERENT_PARTS = 16;

    /** An operation from whose end nothing follows. */
    public PreparedOperation(Operation<?, R> operation, SignerSource signers, Duration timeout) {
        this(operation, signers, timeout, EndHandler.none());
    }

    /** Whether Pipeline, if it forgot this execution, would start another one that acts again. */
    boolean mustBeSavedFirst() {
        return mustBeSavedFirst(operation);
    }

    private static <S> boolean mustBeSavedFirst(Operation<S, ?> operation) {
        Next<S, ?> next = operation.first().next(operation.spec());
        if (next instanceof Next.Exchange<?, ?, ?> exchange) {
            return exchange.call().idempotency() != Idempotency.IDEMPOTENT;
        }
        return next instanceof Next.RunParts<?, ?, ?, ?> group
                && IntStream.range(
                                0, Math.min(MAX_DIFFERENT_PARTS, group.parts().count()))
                        .anyMatch(index -> mustBeSavedFirst(group.parts().create(index)));
    }
}
