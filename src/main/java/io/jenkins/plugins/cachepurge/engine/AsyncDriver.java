package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Runs a session without holding a thread: between two exchanges there is only a timer, during one there is only what the
 * transport needs. What the session decides takes no time and is guarded by its monitor, under which nothing blocks; the
 * console, files and credentials are used outside of it, on the executor. Deadlines, aborts and the outcomes of exchanges
 * never wait for these.
 *
 * @param <R> type of the result
 */
public final class AsyncDriver<R extends OperationResult> {

    /** How long the end of the operation waits for a console that blocks. */
    private static final Duration MAX_WAIT_FOR_CONSOLE = Duration.ofMillis(500);

    /** Receives the end of an operation, exactly once, unless it was aborted or Jenkins stops. */
    public interface CompletionCallback<R> {
        void onSuccess(R result);

        /** @param problem an {@link ApiException}, a {@link CredentialsException}, or a defect */
        void onFailure(Throwable problem);
    }

    /**
     * What the driver works with.
     *
     * @param transport its outcomes come on a thread that must not be blocked
     * @param signers equal to another's only if both may use the same credentials in the same way
     * @param timer for tasks that never block
     * @param executor for tasks that may block; it may limit those of a build
     * @param callbacks for what receives the end; nothing else may block it
     * @param closed whether Jenkins stops: then nothing is reported any more
     */
    public record Dependencies(
            ApiTransport transport,
            SignerProvider signers,
            InstantSource clock,
            Scheduler timer,
            Executor executor,
            Executor callbacks,
            Quotas quotas,
            AccessTokens tokens,
            PollBatcher pollBatcher,
            ProgressListener listener,
            CheckpointStore checkpoints,
            BooleanSupplier closed) {}

    private final OperationSession<R> session;
    private final Dependencies dependencies;
    private final CompletionCallback<R> callback;
    private final SharedDriverState<R> context;
    private final ExchangeSender<R> sender;
    private final BatchSender<R> batches;
    private final CancelSender canceller;

    /** Guarded by the session's monitor, as all that follows. */
    private boolean cancelled;

    private Cancellable deadline = Cancellable.NONE;
    private Cancellable wakeUp = Cancellable.NONE;
    private Instant wakeAt = Instant.MIN;

    /** How often the session has advanced: only who has seen its latest state may set the alarm. */
    private long advances;

    public AsyncDriver(OperationSession<R> session, Dependencies dependencies, CompletionCallback<R> callback) {
        this.session = session;
        this.dependencies = dependencies;
        this.callback = callback;
        this.context = new SharedDriverState<>(session, dependencies, this::advance, this::fail);
        Authenticator authenticator = new Authenticator(context);
        this.sender = new ExchangeSender<>(context, authenticator, this::complete);
        this.batches = new BatchSender<>(this, context, sender, this::complete);
        this.canceller = new CancelSender(context, authenticator);
    }

    /** Starts it. Never blocks. */
    public void start() {
        synchronized (session) {
            if (context.isOver()) {
                return;
            }
            deadline = dependencies.timer().scheduleOrDrop(nonNegative(session.remaining()), this::expire);
        }
        context.execute(this::advance);
    }

    private static Duration nonNegative(Duration delay) {
        return delay.isNegative() ? Duration.ZERO : delay;
    }

    /**
     * Ends it early: gives up what is under way and cancels it at the service if the operation can. Never blocks. The
     * callback is not called.
     *
     * @return false if it had ended already
     */
    public boolean abort() {
        if (!end(true, session::aborted)) {
            return false;
        }
        context.execute(context.messages()::drain);
        return true;
    }

    private void advance() throws Exception {
        Progress<R> progress;
        long number;
        synchronized (session) {
            if (context.isOver()) {
                return;
            }
            progress = session.advance();
            number = ++advances;
        }
        context.report();
        if (progress instanceof Progress.Succeeded<R> succeeded) {
            succeed(succeeded.result());
        } else if (progress instanceof Progress.Failed<R> failed) {
            fail(failed.problem());
        } else if (progress instanceof Progress.Pending<R> pending) {
            sender.send(pending.ready());
            wait(pending, number);
        }
    }

    private void wait(Progress.Pending<R> pending, long number) {
        Optional<BatchWindow> window = batches.window(pending);
        Instant time = pending.wakeAt();
        synchronized (session) {
            if (context.isOver() || number != advances || time.equals(wakeAt)) {
                return;
            }
            wakeUp.cancel();
            wakeAt = time;
            Duration delay = nonNegative(Duration.between(dependencies.clock().instant(), time));
            wakeUp = window.map(batch -> batches.await(batch, delay))
                    .orElseGet(() -> dependencies.timer().scheduleOrDrop(delay, this::wake));
        }
    }

    private void wake() {
        forgetWakeUp();
        context.execute(this::advance);
    }

    void forgetWakeUp() {
        synchronized (session) {
            wakeAt = Instant.MIN;
        }
    }

    /** Called under the session's monitor. */
    void cancelWakeUp() {
        wakeUp.cancel();
        wakeAt = Instant.MIN;
    }

    /** Adds the poll of this operation to those of others. */
    void joinBatch(BatchPoll batch) {
        context.guarded(() -> batches.join(batch));
    }

    /** An exchange has ended, or a list has answered it. Never blocks. */
    private void complete(Send<?> send, Outcome<?> outcome) {
        List<CancelCall> cancelCalls = List.of();
        synchronized (session) {
            if (context.isOver() && cancelled && mayHaveActed(send, outcome)) {
                send.part().markActed();
                cancelCalls = takeCancelCalls();
            }
        }
        cancelCalls.forEach(canceller::send);
        context.execute(() -> completed(send, outcome));
    }

    private void completed(Send<?> send, Outcome<?> outcome) throws Exception {
        synchronized (session) {
            if (context.isOver()) {
                return;
            }
            session.complete(send.part(), outcome);
        }
        advance();
    }

    private static boolean mayHaveActed(Send<?> send, Outcome<?> outcome) {
        boolean failed = outcome instanceof Outcome.Failure<?> failure
                && !failure.problem().kind().mayHaveTakenEffect();
        return !send.call().request().readOnly() && !failed;
    }

    private void succeed(R result) {
        if (end(false, List::of)) {
            deliver(() -> callback.onSuccess(result));
        }
    }

    private void fail(Throwable problem) {
        if (context.isClosed()) {
            return;
        }
        if (end(true, List::of)) {
            context.execute(context.messages()::drain);
            deliver(() -> callback.onFailure(problem));
        }
    }

    /** On the timer's thread, so it must not block. */
    private void expire() {
        ApiException problem;
        synchronized (session) {
            if (context.isOver()) {
                return;
            }
            problem = session.timedOut();
        }
        fail(problem);
    }

    /**
     * Gives up what is under way.
     *
     * @param cancel whether the service has to be told
     * @param lines for the console, before those about cancelling
     * @return false if it had ended already
     */
    private boolean end(boolean cancel, Supplier<List<LocalizedText>> lines) {
        List<Cancellable> givenUp = new ArrayList<>();
        List<CancelCall> cancelCalls;
        synchronized (session) {
            if (context.isOver()) {
                return false;
            }
            context.markOver();
            cancelled = cancel;
            givenUp.add(deadline);
            givenUp.add(wakeUp);
            givenUp.addAll(sender.pending());
            context.messages().add(session.takeLastMessages());
            context.messages().add(lines.get());
            cancelCalls = takeCancelCalls();
        }
        cancelCalls.forEach(canceller::send);
        givenUp.forEach(Cancellable::cancel);
        return true;
    }

    /** None if nobody has to be told. Called under the session's monitor. */
    private List<CancelCall> takeCancelCalls() {
        return cancelled ? session.takeCancelCalls() : List.of();
    }

    /** After the last line for the console, but not much later than without it. */
    private void deliver(Runnable end) {
        AtomicBoolean delivered = new AtomicBoolean();
        Runnable once = () -> {
            if (delivered.compareAndSet(false, true) && !context.isClosed()) {
                context.execute(dependencies.callbacks(), end);
            }
        };
        Cancellable late = dependencies.timer().scheduleOrDrop(MAX_WAIT_FOR_CONSOLE, once);
        context.messages().whenEmpty(() -> {
            late.cancel();
            once.run();
        });
    }
}
