package io.jenkins.plugins.cachepurge.steps;

import io.jenkins.plugins.cachepurge.credentials.SignerSource;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.time.Duration;

/**
 * Operation of a step with checked parameters.
 *
 * @param signers how its requests are authenticated
 * @param timeout of the whole operation, retries and waiting included
 */
public record PreparedOperation<R extends OperationResult>(
        Operation<?, R> operation, SignerSource signers, Duration timeout) {}
