package io.jenkins.plugins.cachepurge.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.config.OperationRuntime;
import io.jenkins.plugins.cachepurge.engine.AsyncDriver;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.engine.OperationSession;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import io.jenkins.plugins.cachepurge.report.ConsoleRedactor;
import io.jenkins.plugins.cachepurge.report.OperationReport;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
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

    /** More parts than this are all alike. */
    private static final int MAX_DIFFERENT_PARTS = 16;

    private final OperationStep step;

    /** Short, since Pipeline writes it whenever a branch ends. */
    private final String id = OperationStep.newExecutionId();

    /** In milliseconds since 1970. A restart does not give more time. */
    private final long startedMillis = System.currentTimeMillis();

    private transient volatile StepAttempt attempt = new StepAttempt();
    private transient volatile ProgramSave save = new ProgramSave();
    private transient volatile boolean resumed;
    private transient volatile Instant startedAt;

    OperationStepExecution(@NonNull StepContext context, OperationStep step) {
        super(context);
        this.step = step;
    }

    private Object readResolve() {
        attempt = new StepAttempt();
        save = new ProgramSave();
        return this;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        save.executionWritten();
    }

    @Override
    public boolean start() throws Exception {
        try {
            step.begin(getContext().get(Run.class));
        } catch (InvalidInputException e) {
            throw new AbortException(e.getMessage());
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
        return Duration.ofSeconds(Math.max(1, Math.min(step.getTimeout(), InputField.MAX_TIMEOUT_SECONDS)));
    }

    /** Before there is a driver, which has a deadline of its own. On the timer's thread, so it must not block. */
    private void expire() {
        if (attempt.isStarted()) {
            return;
        }
        OperationReport report = attempt.report();
        String lastKnown = resumed ? "Jenkins was restarted and could not go on yet" : "nothing was sent";
        ApiException problem = ApiException.timedOut(
                "Jenkins",
                report == null
                        ? step.getDescriptor().getFunctionName()
                        : report.description().toString(),
                timeout(),
                lastKnown);
        OperationRuntime.get().callbackExecutor().execute(() -> end(new AbortException(problem.getMessage())));
    }

    private interface GuardedAction {
        void run() throws Exception;
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
        PreparedOperation<?> prepared = step.prepare(BuildContext.of(run, id, UnaryOperator.identity()));
        OperationReport report = CachePurgeAction.begin(
                run,
                id,
                prepared.operation().description(),
                Instant.ofEpochMilli(startedMillis),
                ConsoleRedactor.of(getContext().get(ConsoleLogFilter.class), run.getCharset()));
        attempt.setReport(run, report);
        if (!RunningOperations.get().add(run, this)) {
            buildEnded();
            return;
        }
        if (!resumed && mustBeSavedFirst(prepared.operation())) {
            beginAfterSave(runtime, run, prepared);
        } else {
            begin(runtime, run, prepared);
        }
    }

    /** Whether Pipeline, if it forgot this execution, would start another one that acts again. */
    private static <S> boolean mustBeSavedFirst(Operation<S, ?> operation) {
        Next<S, ?> next = operation.first().next(operation.spec());
        if (next instanceof Next.Exchange<?, ?, ?> exchange) {
            return exchange.call().idempotency() != Idempotency.IDEMPOTENT;
        }
        return next instanceof Next.RunParts<?, ?, ?, ?> group
                && IntStream.range(
                                0, Math.min(MAX_DIFFERENT_PARTS, group.parts().count()))
                        .anyMatch(index -> mustBeSavedFirst(group.parts().create(index)));
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
                            prepared.signers().signerFor(run),
                            report.progressListener(listener.getLogger()),
                            checkpoints),
                    new CompletionHandler<>());
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

    /** Passes the end to Pipeline. */
    private final class CompletionHandler<R extends OperationResult> implements AsyncDriver.CompletionCallback<R> {

        @Override
        public void onSuccess(R result) {
            if (attempt.complete(OperationStepExecution.this, report -> report.succeeded(result))) {
                getContext().onSuccess(result.toPipelineValue());
            }
        }

        @Override
        public void onFailure(Throwable problem) {
            end(problem);
        }
    }

    /** @param problem expected ones are reported without a stack trace */
    private void end(Throwable problem) {
        if (OperationRuntime.get().isClosed()) {
            return;
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
