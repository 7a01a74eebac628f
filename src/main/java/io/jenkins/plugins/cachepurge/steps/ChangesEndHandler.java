package io.jenkins.plugins.cachepurge.steps;

import io.jenkins.plugins.cachepurge.changes.PreparedChanges;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import java.io.IOException;
import java.util.Optional;

/** Remembers what was purged, for the next build to compare with. */
record ChangesEndHandler(PreparedChanges changes) implements EndHandler<PurgeResult> {

    @Override
    public OperationResult succeeded(PurgeResult result) throws IOException {
        return changes.succeeded(result);
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
