package io.jenkins.plugins.cachepurge.operation;

/**
 * The last state of every operation that went well.
 *
 * @param title of the operation
 */
public record Finished<R extends OperationResult>(String title, R result) implements Operation<R> {

    @Override
    public Turn<R> turn() {
        return new Turn.Done<>(result);
    }
}
