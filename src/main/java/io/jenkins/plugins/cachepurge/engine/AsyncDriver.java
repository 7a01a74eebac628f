package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

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
     * @param authenticator equal to another's only where both may use the same credentials in the same way
     * @param worker carries out short tasks that may do so, too
     * @param polls shared with the drivers of other operations
     */
    public record Tools(
            ApiTransport exchanges,
            SignerProvider authenticator,
            InstantSource clock,
            Scheduler scheduler,
            Executor worker,
            PollBatcher polls,
            ProgressListener narrator) {}

    /** What must be equal for operations to ask together. */
    private record Together(SignerProvider authenticator, Object list) {}

    /** How an exchange is carried out. */
    private interface Way<R extends OperationResult> {
        <T> ApiTransport.UnderWay begin(Command.Send<T, R> send, AtomicBoolean told) throws CredentialsException;
    }

    private final OperationSession<R> session;
    private final Tools tools;
    private final Listener<R> listener;
    private final PendingWork outstanding;

    public AsyncDriver(OperationSession<R> session, Tools tools, Listener<R> listener) {
        this.session = session;
        this.tools = tools;
        this.listener = listener;
        this.outstanding = new PendingWork(tools.scheduler());
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
        if (!outstanding.end()) {
            return false;
        }
        outstanding.cancel();
        tools.worker().execute(this::sayGoodbye);
        return true;
    }

    private void take(Runnable news) {
        step(() -> {
            news.run();
            carryOut(session.next(), this::alone);
        });
    }

    /** Something that the session's lock is for. */
    private interface Step {
        void make() throws CredentialsException;
    }

    /** A goodbye waits until it is made. */
    private void step(Step step) {
        synchronized (session) {
            if (outstanding.isOver()) {
                return;
            }
            try {
                step.make();
            } catch (CredentialsException | RuntimeException | LinkageError e) {
                fail(e);
            }
        }
    }

    private void carryOut(Command<R> move, Way<R> way) throws CredentialsException {
        if (move instanceof Command.Succeed<R> success) {
            if (outstanding.end()) {
                listener.succeeded(success.result());
            }
        } else if (move instanceof Command.Fail<R> failure) {
            failure.farewell().ifPresent(this::sayGoodbye);
            fail(failure.problem());
        } else if (move instanceof Command.Pause<R> pause) {
            pause(pause);
        } else {
            send((Command.Send<?, R>) move, way);
        }
    }

    private void pause(Command.Pause<R> pause) {
        Duration until = Duration.between(tools.clock().instant(), pause.until());
        Duration delay = until.isNegative() ? Duration.ZERO : until;
        if (pause.company().isEmpty()) {
            outstanding.await(tools.scheduler().schedule(delay, this::start));
            return;
        }
        Command.Company company = pause.company().get();
        Together together = new Together(tools.authenticator(), company.list());
        tools.polls().add(together, this, company.earliest());
        Wakeup timer = tools.scheduler().schedule(delay, () -> poll(together));
        outstanding.await(() -> {
            timer.cancel();
            tools.polls().remove(together, this);
        });
    }

    /** Its time has come: with those who may ask now, too, or alone. */
    private void poll(Together together) {
        if (!tools.polls().remove(together, this)) {
            return;
        }
        List<AsyncDriver<?>> others = tools.polls().take(together, BatchPoll.WORTH_A_PAGE - 1);
        if (others.isEmpty()) {
            start();
            return;
        }
        BatchPoll roundup = new BatchPoll(tools);
        joinIn(roundup);
        others.forEach(other -> other.joinIn(roundup));
        roundup.send();
    }

    private void joinIn(BatchPoll roundup) {
        step(() -> {
            outstanding.cancel();
            carryOut(session.nextInCompany(), new InCompany(roundup));
        });
    }

    private final class InCompany implements Way<R> {

        private final BatchPoll roundup;

        InCompany(BatchPoll roundup) {
            this.roundup = roundup;
        }

        @Override
        public <T> ApiTransport.UnderWay begin(Command.Send<T, R> send, AtomicBoolean told) throws CredentialsException {
            if (send.listed().isEmpty()) {
                return alone(send, told);
            }
            roundup.add(send.listed().get(), outcome -> tell(send, outcome, told), () -> aloneAfterAll(send, told));
            return () -> {};
        }
    }

    /** The list did not tell. */
    private <T> void aloneAfterAll(Command.Send<T, R> send, AtomicBoolean told) {
        step(() -> {
            session.alone();
            await(send, told, alone(send, told));
        });
    }

    private void fail(Throwable problem) {
        if (outstanding.end()) {
            listener.failed(problem);
        }
    }

    private <T> void send(Command.Send<T, R> send, Way<R> way) throws CredentialsException {
        AtomicBoolean told = new AtomicBoolean();
        await(send, told, way.begin(send, told));
        outstanding.keepDeadline(send.atMost());
    }

    private <T> ApiTransport.UnderWay alone(Command.Send<T, R> send, AtomicBoolean told) throws CredentialsException {
        return tools.exchanges()
                .send(
                        send.call(),
                        tools.authenticator().signer(),
                        send.atMost(),
                        outcome -> tell(send, outcome, told));
    }

    private <T> void await(Command.Send<T, R> send, AtomicBoolean told, ApiTransport.UnderWay exchange) {
        outstanding.await(exchange::cancel, () -> {
            exchange.cancel();
            ApiException late = ApiException.noResponse(send.call(), "the time was up");
            tell(send, new Outcome.Failure<>(late), told);
        });
    }

    private <T> void tell(Command.Send<T, R> send, Outcome<T> outcome, AtomicBoolean told) {
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
            tools.exchanges().send(call, tools.authenticator().signer(), FAREWELL, outcome -> {
                if (outcome instanceof Outcome.Failure<?> failed) {
                    tools.narrator().say(failed.problem().getMessage());
                }
            });
        } catch (CredentialsException e) {
            tools.narrator().say(e.getMessage());
        }
    }
}
