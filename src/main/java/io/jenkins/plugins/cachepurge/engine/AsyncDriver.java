package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs a session without holding a thread: between two exchanges there is only a timer, during one there is only what the
 * transport needs. What the session decides takes no time and is guarded by its monitor, under which nothing blocks; the
 * console, files and credentials are used outside of it, on the executor. Deadlines, aborts and the outcomes of exchanges
 * never wait for these.
 *
 * @param <R> type of the result
 */
public final class AsyncDriver<R extends OperationResult> {

    private static final Logger LOGGER = Logger.getLogger(AsyncDriver.class.getName());

    /** Timeout of the request that cancels the operation. */
    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(10);

    /** How long a permit may be unused before others get it. */
    private static final Duration MAX_UNUSED_PERMIT = Duration.ofSeconds(1);

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
            PollBatcher pollBatcher,
            ProgressListener listener,
            CheckpointStore checkpoints,
            BooleanSupplier closed) {}

    /** What must be equal for polls that one list can answer. */
    private record BatchKey(SignerProvider signers, Object list) {}

    /** Something that is done on the executor, and whose defects end the operation. */
    private interface GuardedAction {
        void run() throws Exception;
    }

    private final OperationSession<R> session;
    private final Dependencies dependencies;
    private final CompletionCallback<R> callback;
    private final MessageQueue messages;
    private final Object checkpointLock = new Object();

    /** Guarded by the session's monitor, as all that follows. */
    private boolean over;

    private boolean cancelled;
    private Cancellable deadline = Cancellable.NONE;
    private Cancellable wakeUp = Cancellable.NONE;
    private Instant wakeAt = Instant.MIN;
    /** How often the session has advanced: only who has seen its latest state may set the alarm. */
    private long advances;

    private final Map<PartSession<?, ?>, UnderWay> inFlight = new HashMap<>();
    private final Set<Quota> awaited = new HashSet<>();
    private final Map<Quota, Cancellable> permitRequests = new HashMap<>();

    public AsyncDriver(OperationSession<R> session, Dependencies dependencies, CompletionCallback<R> callback) {
        this.session = session;
        this.dependencies = dependencies;
        this.callback = callback;
        this.messages = new MessageQueue(dependencies.listener()::message);
    }

    /** Starts it. Never blocks. */
    public void start() {
        synchronized (session) {
            if (over) {
                return;
            }
            deadline = dependencies.timer().schedule(nonNegative(session.remaining()), this::expire);
        }
        execute(this::advance);
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
        if (!end(true)) {
            return false;
        }
        execute(messages::drain);
        return true;
    }

    private void execute(GuardedAction action) {
        execute(dependencies.executor(), () -> guarded(action));
    }

    /** Executors that Jenkins has shut down make no outcome. */
    private void execute(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            if (!dependencies.closed().getAsBoolean()) {
                LOGGER.log(Level.WARNING, "Cannot go on with " + session.description(), e);
            }
        }
    }

    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    private void guarded(GuardedAction action) {
        if (dependencies.closed().getAsBoolean()) {
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

    private void advance() throws Exception {
        Progress<R> progress;
        long number;
        synchronized (session) {
            if (over) {
                return;
            }
            progress = session.advance();
            number = ++advances;
        }
        report();
        if (progress instanceof Progress.Succeeded<R> succeeded) {
            succeed(succeeded.result());
        } else if (progress instanceof Progress.Failed<R> failed) {
            fail(failed.problem());
        } else if (progress instanceof Progress.Pending<R> pending) {
            goOn(pending, number);
        }
    }

    /** What people read, and what has to be saved by now. */
    private void report() {
        boolean saveDue;
        synchronized (session) {
            messages.add(session.takeMessages());
            dependencies.listener().requestsSent(session.requests());
            if (session.unitsTotal() > 0) {
                dependencies.listener().progressed(session.unitsDone(), session.unitsTotal());
            }
            saveDue = session.isSaveDue();
        }
        messages.drain();
        if (saveDue) {
            saveIfPossible();
        }
    }

    /** After a crash, what was not saved is repeated if it is idempotent, and looked up if not. */
    private void saveIfPossible() {
        try {
            save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot save the progress of " + session.description());
        }
    }

    /** One thread at a time, so that nothing is saved in another order than it happened. */
    private void save() throws IOException {
        synchronized (checkpointLock) {
            List<CheckpointEntry> entries;
            synchronized (session) {
                entries = session.takeUnsaved();
            }
            if (!entries.isEmpty()) {
                boolean durable = entries.stream().anyMatch(CheckpointEntry::mustBeDurable);
                dependencies.checkpoints().append(entries, durable);
            }
        }
    }

    private void goOn(Progress.Pending<R> pending, long number) throws Exception {
        Set<Quota> exhausted = new HashSet<>();
        for (PartSession<?, ?> part : pending.ready()) {
            sendIfPermitted(part, exhausted);
        }
        if (pending.ready().isEmpty() && pending.waiting().size() == 1) {
            Optional<BatchWindow> window = batchWindow(pending.waiting().get(0));
            if (window.isPresent()) {
                waitForPoll(window.get(), pending.wakeAt(), number);
                return;
            }
        }
        wakeAt(pending.wakeAt(), number);
    }

    private Optional<BatchWindow> batchWindow(PartSession<?, ?> part) {
        synchronized (session) {
            return over || part.isInFlight() ? Optional.empty() : part.batchWindow();
        }
    }

    /** The end of the session has an alarm of its own. */
    private void wakeAt(Instant time, long number) {
        synchronized (session) {
            if (over || number != advances || time.equals(wakeAt)) {
                return;
            }
            wakeUp.cancel();
            wakeAt = time;
            wakeUp = dependencies.timer().schedule(until(time), () -> {
                forgetWakeUp();
                execute(this::advance);
            });
        }
    }

    private void forgetWakeUp() {
        synchronized (session) {
            wakeAt = Instant.MIN;
        }
    }

    private Duration until(Instant time) {
        return nonNegative(Duration.between(dependencies.clock().instant(), time));
    }

    /** @param exhausted quotas that have no permit now */
    private void sendIfPermitted(PartSession<?, ?> part, Set<Quota> exhausted) throws Exception {
        Quota quota;
        QuotaSpec spec;
        synchronized (session) {
            if (over || !part.isReady(dependencies.clock().instant())) {
                return;
            }
            quota = quota(part.call());
            if (awaited.contains(quota) || exhausted.contains(quota)) {
                return;
            }
            spec = dependencies.quotas().spec(part.call());
        }
        Optional<Quota.Permit> permit = quota.tryAcquire(spec);
        if (permit.isPresent()) {
            send(part, lease(permit.get()));
        } else {
            exhausted.add(quota);
            awaitPermit(quota, spec);
        }
    }

    private Quota quota(ApiCall<?> call) {
        return dependencies.quotas().of(call, dependencies.signers().credentialId());
    }

    /** One request for a permit at a time, so that a large operation leaves others their turn. */
    private void awaitPermit(Quota quota, QuotaSpec spec) {
        synchronized (session) {
            if (over || !awaited.add(quota)) {
                return;
            }
        }
        Cancellable request = quota.await(spec, permit -> granted(quota, permit));
        boolean tooLate;
        synchronized (session) {
            tooLate = over;
            if (!over && awaited.contains(quota)) {
                permitRequests.put(quota, request);
            }
        }
        if (tooLate) {
            request.cancel();
        }
    }

    /** For an exchange that is being prepared. */
    private void awaitPermit(ApiCall<?> call, Consumer<Quota.Permit> receiver) {
        quota(call).await(dependencies.quotas().spec(call), receiver);
    }

    /**
     * Permit that others get if it is not used soon, since an executor, a lookup or a disk blocks.
     *
     * @param end gives the permit back
     */
    private record Lease(Quota.Permit permit, Cancellable end) {

        /** Not after another exchange was refused meanwhile. */
        boolean isUsable() {
            return permit.isUsable();
        }

        void giveBack() {
            end.cancel();
            permit.giveBack();
        }
    }

    private Lease lease(Quota.Permit permit) {
        return new Lease(permit, dependencies.timer().schedule(MAX_UNUSED_PERMIT, permit::giveBack));
    }

    /** Called by whoever gives a permit back: it must not block, or wait for the session's monitor. */
    private void granted(Quota quota, Quota.Permit permit) {
        Lease lease = lease(permit);
        execute(() -> use(quota, lease));
    }

    private void use(Quota quota, Lease lease) throws Exception {
        Optional<PartSession<?, ?>> part;
        synchronized (session) {
            awaited.remove(quota);
            permitRequests.remove(quota);
            part = over || !lease.isUsable() ? Optional.empty() : readyFor(quota);
        }
        if (part.isPresent()) {
            send(part.get(), lease);
        } else {
            lease.giveBack();
        }
        advance();
    }

    private Optional<PartSession<?, ?>> readyFor(Quota quota) {
        return session.advance() instanceof Progress.Pending<R> pending
                ? pending.ready().stream()
                        .filter(part -> quota(part.call()) == quota)
                        .findFirst()
                : Optional.empty();
    }

    private void send(PartSession<?, ?> part, Lease lease) throws Exception {
        boolean reserved;
        synchronized (session) {
            reserved = !over && part.isReady(dependencies.clock().instant());
            if (reserved) {
                part.reserve();
            }
        }
        if (!reserved) {
            lease.giveBack();
            return;
        }
        Optional<Signer> signer = lookUp(part);
        if (signer.isEmpty()) {
            lease.giveBack();
        } else {
            begin(part, signer.get(), lease);
        }
    }

    private void begin(PartSession<?, ?> part, Signer signer, Quota.Permit permit) {
        Lease lease = lease(permit);
        execute(() -> begin(part, signer, lease));
    }

    /** Credentials that could be used before may be missing for a moment; if the first exchange lacks them, it fails. */
    private Optional<Signer> lookUp(PartSession<?, ?> part) throws Exception {
        try {
            return Optional.of(dependencies.signers().signer());
        } catch (CredentialsException e) {
            synchronized (session) {
                if (!session.hasReceivedResponse()) {
                    throw e;
                }
                session.retryLater(part, unavailable(e));
            }
            advance();
            return Optional.empty();
        }
    }

    private static ApiException unavailable(CredentialsException e) {
        return ApiException.failed("Jenkins", "look up credentials", "could not", "")
                .withMessage(e.getMessage());
    }

    private void begin(PartSession<?, ?> part, Signer signer, Lease lease) throws Exception {
        if (!lease.isUsable()) {
            lease.giveBack();
            awaitPermit(part.call(), permit -> begin(part, signer, permit));
            return;
        }
        Optional<Send<?>> send = Optional.empty();
        ApiException late = null;
        synchronized (session) {
            if (!over) {
                send = session.begin(part, false);
                late = send.isEmpty() ? session.timedOut() : null;
            }
        }
        if (send.isPresent()) {
            saveAndTransmit(send.get(), signer, lease);
            return;
        }
        lease.giveBack();
        if (late != null) {
            fail(late);
        }
    }

    private void saveAndTransmit(Send<?> send, Signer signer, Lease lease) throws Exception {
        if (send.durable()) {
            try {
                save();
            } catch (IOException e) {
                lease.giveBack();
                fail(OperationSession.notSaved(e));
                return;
            }
        }
        transmit(send, signer, lease);
        report();
    }

    private <T> void transmit(Send<T> send, Signer signer, Lease lease) {
        UnderWay underWay = new UnderWay();
        boolean tooLate;
        synchronized (session) {
            tooLate = over;
            if (!over) {
                send.part().markInFlight();
                inFlight.put(send.part(), underWay);
            }
        }
        if (tooLate) {
            lease.giveBack();
            return;
        }
        lease.end().cancel();
        underWay.set(dependencies
                .transport()
                .send(
                        send.call(),
                        signer,
                        send.timeout(),
                        outcome -> arrived(send, underWay, lease.permit(), outcome)));
    }

    /** Must not block: it is called on a thread of the transport. */
    private <T> void arrived(Send<T> send, UnderWay underWay, Quota.Permit permit, Outcome<T> outcome) {
        synchronized (session) {
            if (!inFlight.remove(send.part(), underWay)) {
                return;
            }
        }
        if (outcome instanceof Outcome.Failure<T> failure && isRefusedForNow(failure.problem())) {
            permit.refused(failure.problem().retryAfter());
        } else {
            permit.accepted();
        }
        permit.release();
        complete(send, outcome);
    }

    private static boolean isRefusedForNow(ApiException problem) {
        return switch (problem.kind()) {
            case RATE_LIMITED -> true;
            case UNAVAILABLE -> problem.retryAfter().isPresent();
            default -> false;
        };
    }

    /** The exchange has ended, or a list has answered it. Never blocks. */
    void complete(Send<?> send, Outcome<?> outcome) {
        List<ApiCall<?>> cancelCalls = List.of();
        synchronized (session) {
            if (over && cancelled && mayHaveActed(send, outcome)) {
                send.part().markActed();
                cancelCalls = takeCancelCalls();
            }
        }
        cancelCalls.forEach(this::cancelAtService);
        execute(() -> completed(send, outcome));
    }

    private void completed(Send<?> send, Outcome<?> outcome) throws Exception {
        synchronized (session) {
            if (over) {
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
        if (end(false)) {
            deliver(() -> callback.onSuccess(result));
        }
    }

    private void fail(Throwable problem) {
        if (dependencies.closed().getAsBoolean()) {
            return;
        }
        if (end(true)) {
            execute(messages::drain);
            deliver(() -> callback.onFailure(problem));
        }
    }

    /** On the timer's thread, so it must not block. */
    private void expire() {
        ApiException problem;
        synchronized (session) {
            if (over) {
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
     * @return false if it had ended already
     */
    private boolean end(boolean cancel) {
        List<Cancellable> givenUp = new ArrayList<>();
        List<ApiCall<?>> cancelCalls;
        synchronized (session) {
            if (over) {
                return false;
            }
            over = true;
            cancelled = cancel;
            givenUp.add(deadline);
            givenUp.add(wakeUp);
            givenUp.addAll(permitRequests.values());
            inFlight.values().forEach(exchange -> givenUp.add(exchange::cancel));
            messages.add(session.takeLastMessages());
            cancelCalls = takeCancelCalls();
        }
        cancelCalls.forEach(this::cancelAtService);
        givenUp.forEach(Cancellable::cancel);
        return true;
    }

    /** Each once; none if nobody has to be told. Called under the session's monitor. */
    private List<ApiCall<?>> takeCancelCalls() {
        List<ApiCall<?>> calls = cancelled ? session.cancelCalls() : List.of();
        cancelled &= calls.isEmpty();
        return calls;
    }

    private void cancelAtService(ApiCall<?> call) {
        messages.add(List.of("Asking %s to %s".formatted(call.service(), call.purpose())));
        execute(() -> sendCancelCall(call));
    }

    private void sendCancelCall(ApiCall<?> call) {
        messages.drain();
        try {
            Signer signer = dependencies.signers().signer();
            dependencies.transport().send(call, signer, CANCEL_TIMEOUT, this::reportCancelFailure);
        } catch (CredentialsException e) {
            addMessage(e.getMessage());
        }
    }

    private void reportCancelFailure(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Failure<?> failure) {
            execute(() -> addMessage(failure.problem().getMessage()));
        }
    }

    private void addMessage(String line) {
        messages.add(List.of(line));
        messages.drain();
    }

    /** After the last line for the console, but not much later than without it. */
    private void deliver(Runnable end) {
        AtomicBoolean delivered = new AtomicBoolean();
        Runnable once = () -> {
            if (delivered.compareAndSet(false, true) && !dependencies.closed().getAsBoolean()) {
                execute(dependencies.callbacks(), end);
            }
        };
        Cancellable late = dependencies.timer().schedule(MAX_WAIT_FOR_CONSOLE, once);
        messages.whenEmpty(() -> {
            late.cancel();
            once.run();
        });
    }

    private void waitForPoll(BatchWindow window, Instant time, long number) {
        BatchKey key = new BatchKey(dependencies.signers(), window.list());
        synchronized (session) {
            if (over || number != advances || time.equals(wakeAt)) {
                return;
            }
            wakeUp.cancel();
            wakeAt = time;
            dependencies.pollBatcher().add(key, this, window.earliest());
            Cancellable timer = dependencies.timer().schedule(until(time), () -> execute(() -> poll(key)));
            wakeUp = () -> {
                timer.cancel();
                dependencies.pollBatcher().remove(key, this);
            };
        }
    }

    /** Its time has come: with those that may be polled now, too, or singly. */
    private void poll(BatchKey key) throws Exception {
        if (!dependencies.pollBatcher().remove(key, this)) {
            return;
        }
        forgetWakeUp();
        List<AsyncDriver<?>> others = dependencies.pollBatcher().take(key, BatchPoll.MIN_BATCH_SIZE - 1);
        if (others.isEmpty()) {
            advance();
            return;
        }
        BatchPoll batch = new BatchPoll(dependencies);
        join(batch);
        others.forEach(other -> other.guarded(() -> other.join(batch)));
        batch.send();
    }

    private void join(BatchPoll batch) throws Exception {
        Optional<Send<?>> send;
        synchronized (session) {
            if (over) {
                return;
            }
            wakeUp.cancel();
            wakeAt = Instant.MIN;
            session.joinBatch();
            send = readyForBatch();
            send.ifPresent(each -> each.part().markInFlight());
        }
        if (send.isEmpty()) {
            advance();
            return;
        }
        report();
        add(batch, send.get());
    }

    private Optional<Send<?>> readyForBatch() {
        return session.advance() instanceof Progress.Pending<R> pending
                        && pending.ready().size() == 1
                        && pending.ready().get(0).batchWindow().isPresent()
                ? session.begin(pending.ready().get(0), true)
                : Optional.empty();
    }

    private <T> void add(BatchPoll batch, Send<T> send) {
        batch.add(
                send.batch().orElseThrow(), outcome -> complete(send, outcome), () -> execute(() -> sendSingly(send)));
    }

    /** The list did not tell. */
    private void sendSingly(Send<?> send) {
        synchronized (session) {
            if (over) {
                return;
            }
            send.part().sendSingly();
        }
        awaitPermitToSendSingly(send);
    }

    private void awaitPermitToSendSingly(Send<?> send) {
        awaitPermit(send.call(), permit -> {
            Lease lease = lease(permit);
            execute(() -> sendSingly(send, lease));
        });
    }

    private void sendSingly(Send<?> send, Lease lease) throws Exception {
        Optional<Signer> signer = lookUp(send.part());
        if (signer.isEmpty()) {
            lease.giveBack();
        } else if (lease.isUsable()) {
            saveAndTransmit(send, signer.get(), lease);
        } else {
            lease.giveBack();
            awaitPermitToSendSingly(send);
        }
    }

    /** Exchange that can be cancelled, also before the transport has returned. */
    private static final class UnderWay {

        private Cancellable exchange;
        private boolean cancelled;

        void set(Cancellable started) {
            boolean tooLate;
            synchronized (this) {
                exchange = started;
                tooLate = cancelled;
            }
            if (tooLate) {
                started.cancel();
            }
        }

        void cancel() {
            Cancellable started;
            synchronized (this) {
                cancelled = true;
                started = exchange;
            }
            if (started != null) {
                started.cancel();
            }
        }
    }
}
