package io.jenkins.plugins.cachepurge.operation;

/** Last state of an operation that succeeded. */
public record SucceededState<S, R>(R result) implements State<S, R> {

    @Override
    public Next<S, R> next(S spec) {
        return new Next.Succeed<>(result);
    }
}
