package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiException;

/** Last state of an operation that the service accepted and could not carry out. */
public record FailedState<S, R>(ApiException problem) implements State<S, R> {

    @Override
    public Next<S, R> next(S spec) {
        return new Next.Fail<>(problem);
    }
}
