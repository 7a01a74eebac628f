package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What the parts of a driver share: its session, whether that has ended, and how tasks run that may block. Safe for several
 * threads.
 *
 * @param <R> type of the result
 */
final class SharedDriverState<R extends OperationResult> {

    private static final Logger LOGGER = Logger.getLogger(SharedDriverState.class.getName());

    /** Something that runs on the executor, and whose defects end the operation. */
    @FunctionalInterface
    interface GuardedAction {
        void run() throws Exception;
    }

    private final OperationSession<R> session;
    private final AsyncDriver.Dependencies dependencies;
    private final ConsoleQueue<LocalizedText> messages;
    private final CheckpointWriter checkpoints;
    private final GuardedAction advance;
    private final Consumer<Throwable> failure;

    /** Guarded by the session's monitor. */
    private boolean over;

    /**
     * Context of a driver.
     *
     * @param advance goes on with the session; must not be called under its monitor
     * @param failure ends the operation with a problem, unless it has ended
     */
    SharedDriverState(
            OperationSession<R> session,
            AsyncDriver.Dependencies dependencies,
            GuardedAction advance,
            Consumer<Throwable> failure) {
        this.session = session;
        this.dependencies = dependencies;
        this.messages = new ConsoleQueue<>(dependencies.listener()::message);
        this.checkpoints = new CheckpointWriter(session, dependencies.checkpoints());
        this.advance = advance;
        this.failure = failure;
    }

    /** The session, which is used under its monitor. */
    OperationSession<R> session() {
        return session;
    }

    AsyncDriver.Dependencies dependencies() {
        return dependencies;
    }

    ConsoleQueue<LocalizedText> messages() {
        return messages;
    }

    CheckpointWriter checkpoints() {
        return checkpoints;
    }

    /** Whether the operation has ended. Called under the session's monitor. */
    boolean isOver() {
        return over;
    }

    /** The operation has ended. Called under the session's monitor. */
    void markOver() {
        over = true;
    }

    boolean isClosed() {
        return dependencies.closed().getAsBoolean();
    }

    void advance() throws Exception {
        advance.run();
    }

    void fail(Throwable problem) {
        failure.accept(problem);
    }

    /** Runs an action later, on a thread that it may block. */
    void execute(GuardedAction action) {
        execute(dependencies.executor(), () -> guarded(action));
    }

    /** Executors that Jenkins has shut down make no outcome. */
    void execute(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            if (!isClosed()) {
                LOGGER.log(Level.WARNING, e, () -> "Cannot go on with " + session.description());
            }
        }
    }

    /** Runs an action now; whatever it throws ends the operation. */
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    void guarded(GuardedAction action) {
        if (isClosed()) {
            return;
        }
        try {
            action.run();
        } catch (Throwable e) {
            if (!(e instanceof ApiException) && !(e instanceof CredentialsException)) {
                LOGGER.log(Level.SEVERE, e, () -> "Unexpected error in " + session.description());
            }
            fail(e);
        }
    }

    /** Passes on what people read, and saves what has to be saved by now. May block. */
    void report() {
        boolean saveDue;
        synchronized (session) {
            messages.add(session.takeMessages());
            dependencies.listener().requestsSent(session.requests());
            if (session.unitsTotal() > 0) {
                dependencies.listener().progressed(session.unitsDone(), session.unitsTotal());
            }
            dependencies.listener().partsChanged(session.partStatuses());
            session.takeExchanges().forEach(dependencies.listener()::exchangeEnded);
            saveDue = session.isSaveDue();
        }
        messages.drain();
        if (saveDue) {
            checkpoints.saveIfPossible();
        }
    }

    /** A line for the console. May block. */
    void message(LocalizedText line) {
        messages.add(List.of(line));
        messages.drain();
    }
}
