package io.jenkins.plugins.cachepurge.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Repeat;
import io.jenkins.plugins.cachepurge.config.HttpTransport;
import io.jenkins.plugins.cachepurge.operation.AsyncDriver;
import io.jenkins.plugins.cachepurge.operation.Checkpoint;
import io.jenkins.plugins.cachepurge.operation.CredentialsException;
import io.jenkins.plugins.cachepurge.operation.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.Journal;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.OperationSession;
import io.jenkins.plugins.cachepurge.operation.Turn;
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
public final class RemoteOperationExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    /** Pipeline does not save at each step in all of its durability settings. */
    private static final Duration UNSAVED_AT_THE_MOST = Duration.ofMillis(200);

    private final RemoteOperationStep step;
    /** Tells it from the build's others. Short, since Pipeline writes all of this whenever a branch ends. */
    private final String id = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX);

    /** In milliseconds since 1970. A restart does not give more time. */
    private final long startedMillis = Clock.systemUTC().millis();

    /** As the first release saved it; null since then. */
    @SuppressFBWarnings(value = "UWF_UNWRITTEN_FIELD", justification = "read from such a program")
    private Instant startedAt;

    /** Whoever sets it tells Pipeline how the step ended. A restart forgets it: what Pipeline did not save is told again. */
    private transient volatile AtomicBoolean over = new AtomicBoolean();

    private transient volatile Runnable whenSaved;
    private transient volatile boolean resumed;
    private transient volatile AsyncDriver<?> driver;
    private transient volatile OperationReport report;

    RemoteOperationExecution(@NonNull StepContext context, RemoteOperationStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        RemoteOperation<?> operation;
        try {
            operation = step.prepare(UnaryOperator.identity());
        } catch (InvalidInputException e) {
            throw new AbortException(e.getMessage());
        }
        if (mustNotBeRepeated(operation.operation())) {
            beginWhenSaved(operation);
        } else {
            beginSoon(operation);
        }
        return false;
    }

    private Instant startedAt() {
        return startedAt == null ? Instant.ofEpochMilli(startedMillis) : startedAt;
    }

    private static boolean mustNotBeRepeated(Operation<?> operation) {
        return operation.turn() instanceof Turn.Ask<?, ?> ask && ask.call().repeat() != Repeat.HARMLESS;
    }

    private void beginSoon(RemoteOperation<?> operation) {
        HttpTransport.get().worker().execute(() -> begin(operation));
    }

    /**
     * After a crash before Pipeline has saved its program with this execution in it, it would start the step once more, as
     * another execution that knows nothing of this one. So it has to be saved first, but must not ask for that: a save is
     * possible only when no branch is in the middle of something.
     */
    private void beginWhenSaved(RemoteOperation<?> operation) {
        AtomicBoolean begun = new AtomicBoolean();
        Runnable begin = () -> {
            if (begun.compareAndSet(false, true)) {
                beginSoon(operation);
            }
        };
        whenSaved = begin;
        schedule(UNSAVED_AT_THE_MOST, begin);
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
        over = new AtomicBoolean();
        return this;
    }

    @Override
    public void onResume() {
        resumed = true;
        HttpTransport.get().worker().execute(this::resume);
    }

    private void resume() {
        try {
            begin(step.prepare(UnaryOperator.identity()));
        } catch (InvalidInputException e) {
            fail(new AbortException(e.getMessage()));
        }
    }

    private <R extends OperationResult> void begin(RemoteOperation<R> prepared) {
        try {
            Run<?, ?> run = run();
            TaskListener listener = getContext().get(TaskListener.class);
            StateFile<R> file = new StateFile<>(run.getRootDir().toPath(), id, prepared.operation());
            drive(prepared, run, listener, file);
        } catch (IOException | RuntimeException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
    }

    private <R extends OperationResult> void drive(
            RemoteOperation<R> prepared, Run<?, ?> run, TaskListener listener, StateFile<R> file) throws IOException {
        Optional<Checkpoint<R>> saved = resumed ? file.load() : Optional.empty();
        OperationReport told =
                CachePurgeAction.begin(run, id, prepared.operation().subject(), startedAt());
        report = told;
        AsyncDriver.Tools tools = new AsyncDriver.Tools(
                HttpTransport.get().exchanges(),
                prepared.access().forBuild(run),
                Clock.systemUTC(),
                RemoteOperationExecution::schedule,
                HttpTransport.get().worker(),
                HttpTransport.get().polls(),
                told.andConsole(listener.getLogger()));
        AsyncDriver<R> made = new AsyncDriver<>(session(prepared, saved, tools, file), tools, new Ending<>(told));
        driver = made;
        if (over.get()) {
            told.aborted();
            made.abort();
        } else {
            made.start();
        }
    }

    /** Where a restart finds nothing saved, all that may have been sent is harmless: it begins again, and says so. */
    private <R extends OperationResult> OperationSession<R> session(
            RemoteOperation<R> prepared, Optional<Checkpoint<R>> saved, AsyncDriver.Tools tools, Journal<R> journal) {
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
        Future<?> future = HttpTransport.get().worker().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** Tells Pipeline how it ended. */
    private final class Ending<R extends OperationResult> implements AsyncDriver.Listener<R> {

        private final OperationReport told;

        Ending(OperationReport told) {
            this.told = told;
        }

        @Override
        public void succeeded(R result) {
            told.succeeded(result);
            if (over.compareAndSet(false, true)) {
                getContext().onSuccess(result.value());
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
        if (over.compareAndSet(false, true)) {
            getContext().onFailure(problem);
        }
    }

    @Override
    public void stop(@NonNull Throwable cause) {
        boolean mine = over.compareAndSet(false, true);
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
