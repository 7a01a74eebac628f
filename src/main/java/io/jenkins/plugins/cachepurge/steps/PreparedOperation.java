package io.jenkins.plugins.cachepurge.steps;

import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.time.Duration;

/**
 * What a step's parameters mean once they are checked.
 *
 * @param endpoint where the service is, and which credentials it needs
 * @param timeout for all of it, retries and waiting included
 */
public record PreparedOperation<R extends OperationResult>(
        Operation<?, R> operation, ServiceEndpoint endpoint, Duration timeout) {}
