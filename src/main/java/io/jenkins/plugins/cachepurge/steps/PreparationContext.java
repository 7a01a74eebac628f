package io.jenkins.plugins.cachepurge.steps;

import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.changes.ChangesPreparation;
import io.jenkins.plugins.cachepurge.changes.ChangesTask;
import io.jenkins.plugins.cachepurge.changes.PreparedChanges;
import io.jenkins.plugins.cachepurge.changes.WorkspaceSource;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What a step may use to prepare its operation.
 *
 * @param resumed whether it may have been prepared before a restart
 * @param console of the build; writing may block
 */
public record PreparationContext(BuildContext build, boolean resumed, WorkspaceSource workspace, PrintStream console) {

    /**
     * Begins to find out what changed; see {@link ChangesPreparation}.
     *
     * @param whenReady makes the result of what was found
     */
    <T> CompletableFuture<T> compare(ChangesTask task, Function<PreparedChanges, T> whenReady) {
        return ChangesPreparation.begin(task, build.run(), build.executionId(), resumed, workspace, console, whenReady);
    }
}
