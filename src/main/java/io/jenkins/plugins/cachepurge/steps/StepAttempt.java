package io.jenkins.plugins.cachepurge.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import io.jenkins.plugins.cachepurge.changes.PreparationConsole;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.config.OperationRuntime;
import io.jenkins.plugins.cachepurge.engine.AsyncDriver;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import io.jenkins.plugins.cachepurge.report.OperationReport;
import io.jenkins.plugins.cachepurge.report.RefusedStep;
import io.jenkins.plugins.cachepurge.report.ReportRedactor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Transient state of an execution, from its start or resumption to its end; a restart discards it. Safe for several
 * threads; nothing blocks.
 */
final class StepAttempt {

    private static final Logger LOGGER = Logger.getLogger(StepAttempt.class.getName());

    private boolean completed;
    private Cancellable deadline = Cancellable.NONE;
    private final List<Runnable> atEnd = new ArrayList<>();
    private Run<?, ?> run;
    private OperationReport report;
    private AsyncDriver<?> driver;
    private Optional<PreparationConsole> preparation = Optional.empty();

    /** @param alarm goes off at the deadline; the driver has one of its own */
    synchronized void setDeadline(Cancellable alarm) {
        deadline = alarm;
    }

    /** @param console tells what the preparation of the operation waits for */
    synchronized void setPreparation(PreparationConsole console) {
        preparation = Optional.of(console);
    }

    /** What is known before there is a driver, for the message about a timeout. */
    synchronized String lastKnown(boolean resumed) {
        return preparation
                .flatMap(PreparationConsole::awaited)
                .orElse(resumed ? "Jenkins was restarted and could not go on yet" : "nothing was sent");
    }

    /** @param action runs when the step ends, at once if it has; must not block */
    void atEnd(Runnable action) {
        synchronized (this) {
            if (!completed) {
                atEnd.add(action);
                return;
            }
        }
        action.run();
    }

    /**
     * Waits for a preparation, which is cancelled if the step ends before.
     *
     * @param receiver of what was prepared or of the problem, on the executor
     */
    <P> void whenPrepared(CompletableFuture<P> preparation, Executor executor, BiConsumer<P, Throwable> receiver) {
        if (!preparation.isDone()) {
            atEnd(() -> preparation.cancel(true));
        }
        Executor blocking = preparation.isDone() ? Runnable::run : executor;
        preparation.whenCompleteAsync(
                (prepared, problem) -> {
                    if (!preparation.isCancelled()) {
                        receiver.accept(prepared, cause(problem));
                    }
                },
                blocking);
    }

    /** Null for null. A future that stands on another one wraps its problem. */
    private static Throwable cause(Throwable problem) {
        return problem instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : problem;
    }

    /** Sets the build and the report. */
    synchronized void setReport(Run<?, ?> build, OperationReport begun) {
        run = build;
        report = begun;
        if (completed) {
            begun.aborted();
        }
    }

    /** Sets the report of a step that has no operation, unless its build is lost. */
    void refuse(StepContext context, String id, RefusedStep refused) {
        try {
            Run<?, ?> build = context.get(Run.class);
            if (build != null) {
                ConsoleLogFilter filter = context.get(ConsoleLogFilter.class);
                setReport(build, refused.begin(build, id, ReportRedactor.of(filter, build.getCharset())));
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "There is no build to report to: " + refused.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Null until the operation was created. */
    @CheckForNull
    synchronized OperationReport report() {
        return report;
    }

    /** What the step does, for messages. */
    String description(OperationStep step) {
        OperationReport current = report();
        return current == null
                ? step.getDescriptor().getFunctionName()
                : current.getDescription().toString();
    }

    /** Starts the driver, which keeps the deadline from now on, unless the step has ended. */
    synchronized void start(AsyncDriver<?> created) {
        if (!completed) {
            driver = created;
            deadline.cancel();
            created.start();
            save();
        }
    }

    synchronized boolean isStarted() {
        return driver != null;
    }

    /**
     * Ensures one call of onSuccess or onFailure. Transient: a result that Pipeline has not saved must be passed again
     * after a restart.
     *
     * @return false if the step has ended already
     */
    boolean complete(OperationStepExecution execution, Consumer<OperationReport> update) {
        Run<?, ?> build;
        List<Runnable> actions;
        synchronized (this) {
            if (completed) {
                return false;
            }
            completed = true;
            deadline.cancel();
            build = run;
            actions = List.copyOf(atEnd);
        }
        actions.forEach(Runnable::run);
        if (build != null) {
            RunningStepExecutions.get().remove(build, execution);
            update.accept(report());
            save();
        }
        return true;
    }

    /** Saves the report on another thread, so that a slow disk delays nothing. */
    private synchronized void save() {
        Run<?, ?> build = run;
        OperationReport current = report;
        OperationRuntime.get().executor(build).execute(() -> CachePurgeAction.save(build, current));
    }

    /** Gives up what is under way. */
    void abort() {
        AsyncDriver<?> current;
        synchronized (this) {
            current = driver;
        }
        if (current != null) {
            current.abort();
        }
    }
}
