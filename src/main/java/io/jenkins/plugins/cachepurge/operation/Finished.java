package io.jenkins.plugins.cachepurge.operation;

/**
 * The last state of every operation that went well.
 *
 * @param subject of the operation
 */
public record Finished<R extends OperationResult>(Subject subject, R result) implements Operation<R> {

    @Override
    public Turn<R> turn() {
        return new Turn.Done<>(result);
    }
}
