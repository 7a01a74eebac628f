package io.jenkins.plugins.cachepurge.steps;

import io.jenkins.plugins.cachepurge.changes.PreparedChanges;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Remembers the files, for the next build to compare with.
 *
 * @param result the result of the step for that of the operation
 * @param <R> type of the result of the operation
 */
record ChangesEndHandler<R extends OperationResult>(PreparedChanges changes, Function<R, OperationResult> result)
        implements EndHandler<R> {

    @Override
    public OperationResult succeeded(R value) throws IOException {
        changes.succeeded();
        return result.apply(value);
    }

    @Override
    public Optional<String> details() {
        return Optional.of(changes.listAddress());
    }

    @Override
    public void ended() {
        changes.ended();
    }
}
