package io.jenkins.plugins.cachepurge.steps;

import hudson.model.Run;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.credentials.SignerSource;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.engine.SignerProvider;
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
 * @param sendsNothing whether it only checks what it would need
 */
public record PreparedOperation<R extends OperationResult>(
        Operation<?, R> operation,
        SignerSource signers,
        Duration timeout,
        EndHandler<R> endHandler,
        boolean sendsNothing) {

    /** More parts than this are all alike. */
    private static final int MAX_DIFFERENT_PARTS = 16;

    /** An operation from whose end nothing follows. */
    public PreparedOperation(Operation<?, R> operation, SignerSource signers, Duration timeout) {
        this(operation, signers, timeout, EndHandler.none());
    }

    /** An operation that sends requests. */
    public PreparedOperation(
            Operation<?, R> operation, SignerSource signers, Duration timeout, EndHandler<R> endHandler) {
        this(operation, signers, timeout, endHandler, false);
    }

    /** The same as a dry run, or not. */
    PreparedOperation<R> asDryRun(boolean dryRun) {
        return new PreparedOperation<>(operation, signers, timeout, endHandler, dryRun);
    }

    /**
     * Authentication for a build. Credentials of an operation that sends nothing are looked up now; the others look them up
     * for each request. May block.
     *
     * @throws CredentialsException if they cannot be used
     */
    public SignerProvider signersFor(Run<?, ?> run) throws CredentialsException {
        SignerProvider found = signers.signerFor(run);
        if (sendsNothing) {
            found.check();
        }
        return found;
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
