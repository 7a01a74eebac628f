package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Exchanges;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs a session without holding a thread: between two exchanges there is a timer only, during one there is what carries
 * it out. Each step of the session is made by the thread that brings the news, one at a time: the one that starts it, the
 * timer's or the one that carried the exchange out. Ending it is safe from any thread.
 *
 * @param <R> what comes of the operation
 */
public final class AsyncDriver<R extends OperationResult> {

    /** How long the service gets to take note that nobody waits any more. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private static final Wakeup NOTHING = () -> {};

    /** Wakes the driver. */
    @FunctionalInterface
    public interface Scheduler {
        /** @param task short, and may read files and credentials */
        Wakeup schedule(Duration delay, Runnable task);
    }

    /** Something that will be done later. */
    @FunctionalInterface
    public interface Wakeup {
        void cancel();
    }

    /** Told how it ended, exactly once, unless it was aborted. */
    public interface Listener<R> {
        void succeeded(R result);

        /** @param problem an {@link ApiException}, a {@link CredentialsException}, or a defect of the driver */
        void failed(Throwable problem);
    }

    /**
     * What the driver works with.
     *
     * @param exchanges tells the outcome on a thread that may read files and credentials
     * @param worker carries out short tasks that may do so, too
     */
    public record Tools(
            Exchanges exchanges,
            Authenticator authenticator,
            InstantSource clock,
            Scheduler scheduler,
            Executor worker,
            Narrator narrator) {}

    private final OperationSession<R> session;
    private final Tools tools;
    private final Listener<R> listener;
    private final AtomicBoolean over = new AtomicBoolean();
    /** Gives up what is outstanding: a timer, or an exchange. */
    private final AtomicReference<Wakeup> outstanding = new AtomicReference<>(NOTHING);
    /** Rings at the deadline of the session, from the first exchange on. */
    private final AtomicReference<Wakeup> alarm = new AtomicReference<>(NOTHING);
    /** Ends the last exchange, unless it has ended. */
    private volatile Runnable atDeadline;

    public AsyncDriver(OperationSession<R> session, Tools tools, Listener<R> listener) {
        this.session = session;
        this.tools = tools;
        this.listener = listener;
    }

    /** Makes the first step on this thread, which may read files and credentials. */
    public void start() {
        take(() -> {});
    }

    /**
     * Ends it early: gives up what is outstanding and tells the service where the operation wants that. Never blocks, and
     * tells the listener nothing.
     *
     * @return false where it was over already
     */
    public boolean abort() {
        if (!end()) {
            return false;
        }
        outstanding.get().cancel();
        tools.worker().execute(this::sayGoodbye);
        return true;
    }

    /** One step of the session; a goodbye waits until it is made. */
    private void take(Runnable news) {
        synchronized (session) {
            if (over.get()) {
                return;
            }
            try {
                news.run();
                carryOut(session.next());
            } catch (CredentialsException | RuntimeException | LinkageError e) {
                fail(e);
            }
        }
    }

    private void carryOut(Move<R> move) throws CredentialsException {
        if (move instanceof Move.Succeed<R> success) {
            if (end()) {
                listener.succeeded(success.result());
            }
        } else if (move instanceof Move.Fail<R> failure) {
            failure.farewell().ifPresent(this::sayGoodbye);
            fail(failure.problem());
        } else if (move instanceof Move.Pause<R> pause) {
            Duration delay = Duration.between(tools.clock().instant(), pause.until());
            await(tools.scheduler().schedule(delay.isNegative() ? Duration.ZERO : delay, this::start));
        } else {
            send((Move.Send<?, R>) move);
        }
    }

    private void fail(Throwable problem) {
        if (end()) {
            listener.failed(problem);
        }
    }

    /** @return false where it had ended already */
    private boolean end() {
        boolean first = over.compareAndSet(false, true);
        alarm.get().cancel();
        return first;
    }

    /** An abort may have come while this was being set up; it then cancelled what was outstanding before. */
    private void await(Wakeup what) {
        outstanding.set(what);
        if (over.get()) {
            what.cancel();
        }
    }

    private <T> void send(Move.Send<T, R> send) throws CredentialsException {
        AtomicBoolean told = new AtomicBoolean();
        Exchanges.UnderWay exchange = tools.exchanges()
                .send(
                        send.call(),
                        tools.authenticator().authenticate(),
                        send.atMost(),
                        outcome -> tell(send, outcome, told));
        atDeadline = () -> {
            exchange.cancel();
            ApiException late = ApiException.noAnswer(send.call(), "the time was up");
            tell(send, new Outcome.Failed<>(late), told);
        };
        keepDeadline(send.atMost());
        await(exchange::cancel);
    }

    /**
     * The exchange has a limit of its own, but that does not count while it waits for a connection to be free. All
     * exchanges have the same deadline: one alarm serves them.
     */
    private void keepDeadline(Duration left) {
        if (alarm.get() != NOTHING) {
            return;
        }
        alarm.set(tools.scheduler().schedule(left, this::deadline));
        if (over.get()) {
            alarm.get().cancel();
        }
    }

    private void deadline() {
        alarm.set(NOTHING);
        atDeadline.run();
    }

    private <T> void tell(Move.Send<T, R> send, Outcome<T> outcome, AtomicBoolean told) {
        if (told.compareAndSet(false, true)) {
            take(() -> send.outcome().accept(outcome));
        }
    }

    private void sayGoodbye() {
        synchronized (session) {
            session.cancellation().ifPresent(this::sayGoodbye);
        }
    }

    private void sayGoodbye(ApiCall<?> call) {
        try {
            tools.narrator().say("Asking %s to %s".formatted(call.service(), call.purpose()));
            tools.exchanges().send(call, tools.authenticator().authenticate(), FAREWELL, outcome -> {
                if (outcome instanceof Outcome.Failed<?> failed) {
                    tools.narrator().say(failed.problem().getMessage());
                }
            });
        } catch (CredentialsException e) {
            tools.narrator().say(e.getMessage());
        }
    }
}
