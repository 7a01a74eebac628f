package io.jenkins.plugins.cachepurge.operation;

/**
 * The last state of every operation that went well.
 *
 * @param subject of the operation
 */
public record SucceededState<R extends OperationResult>(OperationDescription subject, R result) implements Operation<R> {

    @Override
    public Next<R> turn() {
        return new Next.Done<>(result);
    }
}
