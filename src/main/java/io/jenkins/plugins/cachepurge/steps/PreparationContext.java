package io.jenkins.plugins.cachepurge.steps;

import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.changes.ChangesConsumer;
import io.jenkins.plugins.cachepurge.changes.ChangesPreparation;
import io.jenkins.plugins.cachepurge.changes.PreparedChanges;
import io.jenkins.plugins.cachepurge.changes.WorkspaceSource;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.config.OperationRuntime;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What a step may use to prepare its operation.
 *
 * @param resumed whether it may have been prepared before a restart
 * @param startedAt when the step began, by the clock of the runtime
 * @param console of the build; writing may block
 */
public record PreparationContext(
        BuildContext build, boolean resumed, Instant startedAt, WorkspaceSource workspace, PrintStream console) {

    /** The context of a Pipeline step. */
    static PreparationContext of(StepContext step, Run<?, ?> run, String id, boolean resumed, Instant startedAt)
            throws IOException, InterruptedException {
        return new PreparationContext(
                BuildContext.of(run, id, UnaryOperator.identity()),
                resumed,
                startedAt,
                () -> Optional.ofNullable(step.get(FilePath.class)),
                Objects.requireNonNull(step.get(TaskListener.class)).getLogger());
    }

    /**
     * Begins to find out what changed; see {@link ChangesPreparation}.
     *
     * @param whenReady makes the result of what was found
     */
    <T> CompletableFuture<T> compare(ChangesConsumer use, Function<PreparedChanges, T> whenReady) {
        return ChangesPreparation.begin(use, build.run(), build.executionId(), resumed, workspace, console, whenReady);
    }

    /** Tells which of these servers' names have several addresses; does not wait. */
    void announceAddresses(List<ApiUrl> urls) {
        OperationRuntime runtime = OperationRuntime.get();
        new SeveralAddressesNotice(runtime.transport(), runtime.executor(build.run()), console::println).begin(urls);
    }
}
