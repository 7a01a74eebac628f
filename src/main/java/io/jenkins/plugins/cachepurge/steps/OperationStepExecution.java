package io.jenkins.plugins.cachepurge.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.config.OperationRuntime;
import io.jenkins.plugins.cachepurge.engine.AsyncDriver;
import io.jenkins.plugins.cachepurge.engine.Checkpoint;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.engine.CheckpointStore;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.engine.OperationSession;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import io.jenkins.plugins.cachepurge.report.OperationReport;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Runs a step's operation without holding a thread, over restarts of the controller: the program keeps the step's
 * parameters, and a file beside it how far the operation got.
 */
public final class OperationStepExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    /** Pipeline does not save at each step in all of its durability settings. */
    private static final Duration MAX_WAIT_FOR_SAVE = Duration.ofMillis(200);

    private final OperationStep step;
    /** Tells it from the build's others. Short, since Pipeline writes all of this whenever a branch ends. */
    private final String id = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX);

    /** In milliseconds since 1970. A restart does not give more time. */
    private final long startedMillis = Clock.systemUTC().millis();

    /** As the first release saved it; null since then. */
    @SuppressFBWarnings(value = "UWF_UNWRITTEN_FIELD", justification = "read from such a program")
    private Instant startedAt;

    /** Whoever sets it tells Pipeline how the step ended. A restart forgets it: what Pipeline did not save is told again. */
    private transient volatile AtomicBoolean completed = new AtomicBoolean();

    private transient volatile Runnable whenSaved;
    private transient volatile boolean resumed;
    private transient volatile AsyncDriver<?> driver;
    private transient volatile OperationReport report;

    OperationStepExecution(@NonNull StepContext context, OperationStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        PreparedOperation<?> operation;
        try {
            operation = step.prepare(UnaryOperator.identity());
        } catch (InvalidInputException e) {
            throw new AbortException(e.getMessage());
        }
        if (startsNonIdempotent(operation.operation())) {
            startAfterSave(operation);
        } else {
            startAsync(operation);
        }
        return false;
    }

    private Instant startedAt() {
        return startedAt == null ? Instant.ofEpochMilli(startedMillis) : startedAt;
    }

    private static boolean startsNonIdempotent(Operation<?> operation) {
        return operation.turn() instanceof Next.Ask<?, ?> ask && ask.call().idempotency() != Idempotency.IDEMPOTENT;
    }

    private void startAsync(PreparedOperation<?> operation) {
        OperationRuntime.get().executor().execute(() -> begin(operation));
    }

    /**
     * After a crash before Pipeline has saved its program with this execution in it, it would start the step once more, as
     * another execution that knows nothing of this one. So it has to be saved first, but must not ask for that: a save is
     * possible only when no branch is in the middle of something.
     */
    private void startAfterSave(PreparedOperation<?> operation) {
        AtomicBoolean begun = new AtomicBoolean();
        Runnable begin = () -> {
            if (begun.compareAndSet(false, true)) {
                startAsync(operation);
            }
        };
        whenSaved = begin;
        schedule(MAX_WAIT_FOR_SAVE, begin);
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        Runnable task = whenSaved;
        if (task != null) {
            task.run();
        }
    }

    private Run<?, ?> run() throws IOException, InterruptedException {
        Run<?, ?> run = getContext().get(Run.class);
        if (run == null) {
            throw new AbortException("the build has ended");
        }
        return run;
    }

    private Object readResolve() {
        completed = new AtomicBoolean();
        return this;
    }

    @Override
    public void onResume() {
        resumed = true;
        OperationRuntime.get().executor().execute(this::resume);
    }

    private void resume() {
        try {
            begin(step.prepare(UnaryOperator.identity()));
        } catch (InvalidInputException e) {
            fail(new AbortException(e.getMessage()));
        }
    }

    private <R extends OperationResult> void begin(PreparedOperation<R> prepared) {
        try {
            Run<?, ?> run = run();
            TaskListener listener = getContext().get(TaskListener.class);
            CheckpointFile<R> file = new CheckpointFile<>(run.getRootDir().toPath(), id, prepared.operation());
            runOperation(prepared, run, listener, file);
        } catch (IOException | RuntimeException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
    }

    private <R extends OperationResult> void runOperation(
            PreparedOperation<R> prepared, Run<?, ?> run, TaskListener listener, CheckpointFile<R> file) throws IOException {
        Optional<Checkpoint<R>> saved = resumed ? file.load() : Optional.empty();
        OperationReport told =
                CachePurgeAction.begin(run, id, prepared.operation().subject(), startedAt());
        report = told;
        AsyncDriver.Tools tools = new AsyncDriver.Tools(
                OperationRuntime.get().transport(),
                prepared.access().signerFor(run),
                Clock.systemUTC(),
                OperationStepExecution::schedule,
                OperationRuntime.get().executor(),
                OperationRuntime.get().pollBatcher(),
                told.progressListener(listener.getLogger()));
        AsyncDriver<R> made = new AsyncDriver<>(session(prepared, saved, tools, file), tools, new CompletionHandler<>(told));
        driver = made;
        if (completed.get()) {
            told.aborted();
            made.abort();
        } else {
            made.start();
        }
    }

    /** Where a restart finds nothing saved, all that may have been sent is harmless: it begins again, and says so. */
    private <R extends OperationResult> OperationSession<R> session(
            PreparedOperation<R> prepared, Optional<Checkpoint<R>> saved, AsyncDriver.Tools tools, CheckpointStore<R> journal) {
        SplittableRandom random = new SplittableRandom();
        if (!resumed) {
            return OperationSession.start(
                    prepared.operation(), prepared.timeout(), tools.clock(), random, tools.narrator(), journal);
        }
        Checkpoint<R> from =
                saved.orElseGet(() -> Checkpoint.start(prepared.operation(), prepared.timeout(), startedAt()));
        return OperationSession.resume(from, tools.clock(), random, tools.narrator(), journal);
    }

    /** To the nanosecond: who wakes a part of a millisecond too early would spin until that is over. */
    private static AsyncDriver.Wakeup schedule(Duration delay, Runnable task) {
        Future<?> future = OperationRuntime.get().executor().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** Tells Pipeline how it ended. */
    private final class CompletionHandler<R extends OperationResult> implements AsyncDriver.Listener<R> {

        private final OperationReport told;

        CompletionHandler(OperationReport told) {
            this.told = told;
        }

        @Override
        public void succeeded(R result) {
            told.succeeded(result);
            if (completed.compareAndSet(false, true)) {
                getContext().onSuccess(result.toPipelineValue());
            }
        }

        @Override
        public void failed(Throwable problem) {
            told.failed(Objects.toString(problem.getMessage(), problem.toString()));
            boolean expected = problem instanceof ApiException || problem instanceof CredentialsException;
            fail(expected ? new AbortException(problem.getMessage()) : problem);
        }
    }

    private void fail(Throwable problem) {
        if (completed.compareAndSet(false, true)) {
            getContext().onFailure(problem);
        }
    }

    @Override
    public void stop(@NonNull Throwable cause) {
        boolean mine = completed.compareAndSet(false, true);
        AsyncDriver<?> current = driver;
        if (current != null && current.abort()) {
            report.aborted();
        }
        if (mine) {
            getContext().onFailure(cause);
        }
    }

    @CheckForNull
    @Override
    public String getStatus() {
        OperationReport current = report;
        return current == null ? null : current.getMessage();
    }
}
