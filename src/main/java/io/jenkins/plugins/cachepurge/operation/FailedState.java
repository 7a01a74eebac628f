package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiException;

/**
 * The last state of an operation that the service took and could not carry out.
 *
 * @param subject of the operation
 */
public record FailedState<R extends OperationResult>(OperationDescription subject, ApiException problem)
        implements Operation<R> {

    @Override
    public Next<R> turn() {
        return new Next.Broken<>(problem);
    }
}
