package io.jenkins.plugins.cachepurge.steps;

import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.credentials.SignerSource;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.time.Duration;

/**
 * Operation of a step with checked parameters.
 *
 * @param signers how its requests are authenticated
 * @param timeout of the whole operation, retries and waiting included
 * @param endHandler what follows from its end
 */
public record PreparedOperation<R extends OperationResult>(
        Operation<?, R> operation, SignerSource signers, Duration timeout, EndHandler<R> endHandler) {

    /** An operation from whose end nothing follows. */
    public PreparedOperation(Operation<?, R> operation, SignerSource signers, Duration timeout) {
        this(operation, signers, timeout, EndHandler.none());
    }

    /** Whether its first request must not be repeated. */
    boolean startsNonIdempotent() {
        return startsNonIdempotent(operation);
    }

    private static <S> boolean startsNonIdempotent(Operation<S, ?> operation) {
        return operation.first().next(operation.spec()) instanceof Next.Exchange<?, ?, ?> exchange
                && exchange.call().idempotency() != Idempotency.IDEMPOTENT;
    }
}
