package io.jenkins.plugins.cachepurge.steps;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.changes.ChangesConsumer;
import io.jenkins.plugins.cachepurge.changes.ChangesPreparation;
import io.jenkins.plugins.cachepurge.changes.PreparationConsole;
import io.jenkins.plugins.cachepurge.changes.PreparedChanges;
import io.jenkins.plugins.cachepurge.changes.WorkspaceSource;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.config.OperationRuntime;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.ClosedChannelException;
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
 * @param console of the step
 */
public record PreparationContext(
        BuildContext build, boolean resumed, Instant startedAt, WorkspaceSource workspace, PreparationConsole console) {

    /** The context of a Pipeline step. */
    static PreparationContext of(StepContext step, Run<?, ?> run, String id, boolean resumed, Instant startedAt)
            throws IOException, InterruptedException {
        return new PreparationContext(
                BuildContext.of(run, id, UnaryOperator.identity()),
                resumed,
                startedAt,
                () -> workspace(step),
                new PreparationConsole(
                        Objects.requireNonNull(step.get(TaskListener.class)).getLogger()));
    }

    /** The context of a build step, which no restart interrupts. */
    public static PreparationContext ofBuildStep(
            BuildContext build, Instant startedAt, WorkspaceSource workspace, PrintStream console) {
        return new PreparationContext(build, false, startedAt, workspace, new PreparationConsole(console));
    }

    /** What the step waits for before its operation begins, for the message about a timeout; empty for nothing. */
    public Optional<String> awaited() {
        return console.awaited();
    }

    /** An agent that is gone is nobody's programming error, and {@code retry(conditions: [agent()])} goes on. */
    private static Optional<FilePath> workspace(StepContext step) throws IOException, InterruptedException {
        try {
            return Optional.ofNullable(step.get(FilePath.class));
        } catch (IOException e) {
            AbortException problem =
                    new AbortException("The agent is not connected, so its workspace cannot be read; nothing was sent");
            problem.initCause(new ClosedChannelException().initCause(e));
            throw problem;
        }
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
