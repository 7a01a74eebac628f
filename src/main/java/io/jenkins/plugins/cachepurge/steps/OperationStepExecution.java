package io.jenkins.plugins.cachepurge.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.config.OperationRuntime;
import io.jenkins.plugins.cachepurge.engine.AsyncDriver;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.engine.OperationSession;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import io.jenkins.plugins.cachepurge.report.OperationReport;
import io.jenkins.plugins.cachepurge.report.RefusedStep;
import io.jenkins.plugins.cachepurge.report.ReportRedactor;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Runs a step's operation without holding a thread, also over restarts of the controller: the program contains the
 * step's parameters, and a file in the build's directory the checkpoint of the operation. Tasks that may block run on
 * other threads than Pipeline's, and do not delay the deadline.
 */
public final class OperationStepExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    /** Like that of a session. */
    private static final Duration GRACE_AFTER_RESTART = Duration.ofSeconds(60);

    /** Interval of the checks whether Pipeline has saved its program. */
    private static final Duration SAVE_CHECK_INTERVAL = Duration.ofMillis(20);

    private final OperationStep step;

    /** Short, since Pipeline writes it whenever a branch ends. */
    private final String id = OperationStep.newExecutionId();

    /** In milliseconds since 1970. A restart does not give more time. */
    private final long startedMillis = System.currentTimeMillis();

    /** Name of the node that it runs on; null outside of one. */
    private String node;

    private transient volatile StepAttempt attempt = new StepAttempt();
    private transient volatile ProgramSaveDetector save = new ProgramSaveDetector();
    private transient volatile boolean resumed;
    private transient volatile Instant startedAt;

    OperationStepExecution(@NonNull StepContext context, OperationStep step) {
        super(context);
        this.step = step;
    }

    private Object readResolve() {
        attempt = new StepAttempt();
        save = new ProgramSaveDetector();
        return this;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        save.executionWritten();
    }

    @Override
    public boolean start() throws Exception {
        node = RequestAgent.nodeName(getContext());
        try {
            step.begin(getContext().get(Run.class));
        } catch (InvalidInputException e) {
            OperationRuntime.get().executor().execute(() -> end(new AbortException(e.getMessage())));
            return false;
        }
        launch(Duration.ZERO);
        return false;
    }

    @Override
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    public void onResume() {
        try {
            resumed = true;
            launch(Duration.ofMillis(Math.max(0, System.currentTimeMillis() - startedMillis)));
        } catch (Throwable e) {
            end(e);
        }
    }

    private void launch(Duration elapsed) {
        OperationRuntime runtime = OperationRuntime.get();
        Duration left = timeout().minus(elapsed);
        boolean grace = resumed && left.compareTo(GRACE_AFTER_RESTART) < 0;
        startedAt = runtime.clock().instant().minus(elapsed);
        attempt.setDeadline(runtime.timer().schedule(grace ? GRACE_AFTER_RESTART : left, this::expire));
        runtime.executor().execute(() -> guarded(() -> lookUp(runtime)));
    }

    /** Limited to the valid range, since the parameter is checked later. */
    private Duration timeout() {
        return Duration.ofSeconds(Math.max(1, Math.min(step.timeoutSeconds(), InputField.MAX_TIMEOUT_SECONDS)));
    }

    /** Before there is a driver, which has a deadline of its own. On the timer's thread, so it must not block. */
    private void expire() {
        if (attempt.isStarted()) {
            return;
        }
        ApiException problem =
                ApiException.timedOut("Jenkins", attempt.description(step), timeout(), attempt.lastKnown(resumed));
        OperationRuntime.get().callbackExecutor().execute(() -> end(new AbortException(problem.getMessage())));
    }

    private interface GuardedAction {
        void run() throws Throwable;
    }

    /** Runs an action; any exception or error ends the step. */
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    private void guarded(GuardedAction action) {
        try {
            action.run();
        } catch (InvalidInputException e) {
            end(new AbortException(e.getMessage()));
        } catch (Throwable e) {
            end(e);
        }
    }

    private void lookUp(OperationRuntime runtime) throws IOException, InterruptedException {
        Run<?, ?> run = getContext().get(Run.class);
        if (run == null) {
            throw new AbortException("the build has ended");
        }
        runtime.executor(run).execute(() -> guarded(() -> prepare(runtime, run)));
    }

    private void prepare(OperationRuntime runtime, Run<?, ?> run) throws IOException, InterruptedException {
        PreparationContext context = PreparationContext.of(getContext(), run, id, resumed, startedAt);
        attempt.setPreparation(context.console());
        attempt.whenPrepared(
                step.prepareIn(context),
                runtime.executor(run),
                (prepared, problem) -> guarded(() -> prepared(runtime, run, prepared, problem)));
    }

    private void prepared(OperationRuntime runtime, Run<?, ?> run, PreparedOperation<?> prepared, Throwable problem)
            throws Throwable {
        if (problem != null) {
            throw problem;
        }
        attempt.atEnd(prepared.endHandler()::ended);
        RequestAgent.named(node).check(prepared);
        OperationReport report = CachePurgeAction.begin(
                run,
                id,
                prepared.operation().description(),
                Instant.ofEpochMilli(startedMillis),
                ReportRedactor.of(getContext().get(ConsoleLogFilter.class), run.getCharset()));
        prepared.endHandler().details().ifPresent(report::setDetails);
        attempt.setReport(run, report);
        if (!RunningStepExecutions.get().add(run, this)) {
            buildEnded();
            return;
        }
        if (!resumed && prepared.mustBeSavedFirst()) {
            beginAfterSave(runtime, run, prepared);
        } else {
            begin(runtime, run, prepared);
        }
    }

    private void beginAfterSave(OperationRuntime runtime, Run<?, ?> run, PreparedOperation<?> prepared) {
        Duration waited = Duration.between(startedAt, runtime.clock().instant());
        if (save.isOver(run.getRootDir().toPath(), startedMillis, waited)) {
            begin(runtime, run, prepared);
            return;
        }
        runtime.timer()
                .schedule(
                        SAVE_CHECK_INTERVAL,
                        () -> runtime.executor(run)
                                .execute(() -> guarded(() -> beginAfterSave(runtime, run, prepared))));
    }

    private <R extends OperationResult> void begin(
            OperationRuntime runtime, Run<?, ?> run, PreparedOperation<R> prepared) {
        guarded(() -> {
            CheckpointFile checkpoints =
                    new CheckpointFile(() -> run.getRootDir().toPath(), id);
            OperationSession<R> session = session(runtime, prepared, checkpoints);
            TaskListener listener = getContext().get(TaskListener.class);
            OperationReport report = Objects.requireNonNull(attempt.report());
            AsyncDriver<R> driver = new AsyncDriver<>(
                    session,
                    runtime.dependencies(
                            run,
                            RequestAgent.named(node).link(prepared, run, listener.getLogger()),
                            prepared.signersFor(run),
                            report.progressListener(listener.getLogger()),
                            checkpoints),
                    callback(runtime.executor(run), prepared.endHandler()));
            attempt.start(driver);
        });
    }

    /** If a restart finds nothing saved, all that may have been sent is idempotent: it starts again. */
    private <R extends OperationResult> OperationSession<R> session(
            OperationRuntime runtime, PreparedOperation<R> prepared, CheckpointFile checkpoints) throws IOException {
        return resumed
                ? OperationSession.resume(
                        prepared.operation(),
                        prepared.timeout(),
                        startedAt,
                        checkpoints.load(),
                        runtime.clock(),
                        runtime.retryPolicy())
                : OperationSession.start(
                        prepared.operation(), prepared.timeout(), startedAt, runtime.clock(), runtime.retryPolicy());
    }

    private <R extends OperationResult> AsyncDriver.CompletionCallback<R> callback(
            Executor executor, EndHandler<R> endHandler) {
        return new AsyncDriver.CompletionCallback<>() {
            @Override
            public void onSuccess(R result) {
                boolean blocks = endHandler.mayBlock() || result.warning().isPresent();
                Executor mayBlock = blocks ? executor : Runnable::run;
                mayBlock.execute(() -> guarded(() -> succeed(endHandler.succeeded(result))));
            }

            @Override
            public void onFailure(Throwable problem) {
                end(problem);
            }
        };
    }

    /** Passes the result to Pipeline. */
    private void succeed(OperationResult result) {
        StepViewWarning.add(getContext(), result, Objects.requireNonNull(attempt.report()));
        if (attempt.complete(this, report -> report.succeeded(result))) {
            getContext().onSuccess(result.toPipelineValue(startedAt));
        }
    }

    /** @param problem expected ones are reported without a stack trace */
    private void end(Throwable problem) {
        if (OperationRuntime.get().isClosed()) {
            return;
        }
        if (problem instanceof AbortException && !resumed && attempt.report() == null) {
            attempt.refuse(getContext(), id, RefusedStep.of(step.getDescriptor(), startedMillis));
        }
        String message = Objects.toString(problem.getMessage(), problem.toString());
        boolean expected = problem instanceof ApiException || problem instanceof CredentialsException;
        if (attempt.complete(this, report -> report.failed(message))) {
            getContext().onFailure(expected ? new AbortException(message) : problem);
        }
    }

    @Override
    public void stop(@NonNull Throwable cause) {
        if (abort()) {
            getContext().onFailure(cause);
        }
    }

    /** Called if the build has ended without stopping its steps, such as after a hard kill. */
    void buildEnded() {
        abort();
    }

    private boolean abort() {
        boolean mine = attempt.complete(this, OperationReport::aborted);
        attempt.abort();
        return mine;
    }

    @CheckForNull
    @Override
    public String getStatus() {
        OperationReport report = attempt.report();
        return report == null ? null : report.getMessage();
    }
}
