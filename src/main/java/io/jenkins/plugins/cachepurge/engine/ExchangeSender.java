package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sends the exchanges of a session as the quotas permit: waits for a permit, looks the credentials up, saves the checkpoint
 * if it must, and passes the outcome on. Safe for several threads.
 *
 * @param <R> type of the session's result
 */
final class ExchangeSender<R extends OperationResult> {

    /** Receives the outcome of an exchange. Must not block. */
    interface OutcomeReceiver {
        void receive(Send<?> send, Outcome<?> outcome);
    }

    private final SharedDriverState<R> context;
    private final OperationSession<R> session;
    private final AsyncDriver.Dependencies dependencies;
    private final OutcomeReceiver receiver;
    private final Authenticator authenticator;

    /** Guarded by the session's monitor, as all that follows. */
    private final Map<PartSession<?, ?>, ExchangeHandle> inFlight = new HashMap<>();

    private final Set<Quota> awaited;
    private final Map<Quota, Cancellable> permitRequests = new HashMap<>();
    private final LongWaits longWaits;

    ExchangeSender(SharedDriverState<R> context, Authenticator authenticator, OutcomeReceiver receiver) {
        this.context = context;
        this.authenticator = authenticator;
        this.session = context.session();
        this.awaited = session.awaited();
        this.dependencies = context.dependencies();
        this.receiver = receiver;
        this.longWaits = new LongWaits(context);
    }

    /** What has to be given up at the end. Called under the session's monitor. */
    List<Cancellable> pending() {
        List<Cancellable> pending = new ArrayList<>(permitRequests.values());
        pending.addAll(longWaits.pending());
        pending.addAll(inFlight.values());
        return pending;
    }

    /** Sends what parts are ready to send, as far as there are permits; the rest is sent when there are. May block. */
    void send(List<PartSession<?, ?>> ready) throws Exception {
        Set<Quota> exhausted = new HashSet<>();
        for (PartSession<?, ?> part : ready) {
            sendIfPermitted(part, exhausted);
        }
    }

    /** @param exhausted quotas that have no permit now */
    private void sendIfPermitted(PartSession<?, ?> part, Set<Quota> exhausted) throws Exception {
        Quota quota;
        QuotaSpec spec;
        synchronized (session) {
            if (context.isOver() || !part.isReady(dependencies.clock().instant())) {
                return;
            }
            quota = quota(part);
            if (awaited.contains(quota) || exhausted.contains(quota)) {
                return;
            }
            spec = dependencies.quotas().spec(part.call());
        }
        Optional<Quota.Permit> permit = quota.tryAcquire(spec);
        if (permit.isPresent()) {
            send(part, quota, lease(permit.get()));
        } else if (quota.closedFor().compareTo(session.remaining()) > 0) {
            context.fail(ApiException.closed(part.call(), quota.closedFor()));
        } else {
            exhausted.add(quota);
            awaitPermit(quota, spec);
        }
    }

    private Quota quota(PartSession<?, ?> part) {
        return dependencies
                .quotas()
                .of(part.call(), authenticator.signers(part.account()).credentialId());
    }

    private ReservedPermit lease(Quota.Permit permit) {
        return ReservedPermit.of(permit, dependencies.timer());
    }

    /** One request for a permit at a time, so that a large operation leaves others their turn. */
    private void awaitPermit(Quota quota, QuotaSpec spec) {
        synchronized (session) {
            if (context.isOver() || !awaited.add(quota)) {
                return;
            }
        }
        Cancellable request = quota.await(spec, permit -> granted(quota, permit));
        boolean tooLate;
        synchronized (session) {
            tooLate = context.isOver();
            if (!tooLate && awaited.contains(quota)) {
                permitRequests.put(quota, request);
                longWaits.begin(quota);
            }
        }
        if (tooLate) {
            request.cancel();
        }
    }

    /** Called by whoever gives a permit back: it must not block, or wait for the session's monitor. */
    private void granted(Quota quota, Quota.Permit permit) {
        ReservedPermit lease = lease(permit);
        context.execute(() -> use(quota, lease));
    }

    private void use(Quota quota, ReservedPermit lease) throws Exception {
        Optional<PartSession<?, ?>> part;
        synchronized (session) {
            awaited.remove(quota);
            permitRequests.remove(quota);
            longWaits.end(quota);
            part = context.isOver() || lease.isOver() ? Optional.empty() : readyFor(quota);
        }
        if (part.isPresent()) {
            send(part.get(), quota, lease);
        } else {
            lease.giveBack();
        }
        context.advance();
    }

    private Optional<PartSession<?, ?>> readyFor(Quota quota) {
        return session.advance() instanceof Progress.Pending<R> pending
                ? pending.ready().stream().filter(part -> quota(part) == quota).findFirst()
                : Optional.empty();
    }

    private void send(PartSession<?, ?> part, Quota quota, ReservedPermit lease) throws Exception {
        boolean reserved;
        synchronized (session) {
            reserved = !context.isOver() && part.isReady(dependencies.clock().instant());
            if (reserved) {
                part.reserve();
            }
        }
        if (!reserved) {
            lease.giveBack();
            return;
        }
        authenticator.authenticate(part, lease, signer -> begin(part, quota, signer, lease));
    }

    private void begin(PartSession<?, ?> part, Quota quota, Signer signer, ReservedPermit lease) throws Exception {
        if (!lease.isOver()) {
            begin(part, signer, lease);
            return;
        }
        lease.giveBack();
        QuotaSpec spec;
        synchronized (session) {
            if (context.isOver()) {
                return;
            }
            spec = dependencies.quotas().spec(part.call());
        }
        quota.await(spec, permit -> begin(part, signer, permit));
    }

    private void begin(PartSession<?, ?> part, Signer signer, Quota.Permit permit) {
        ReservedPermit lease = lease(permit);
        context.execute(() -> begin(part, signer, lease));
    }

    private void begin(PartSession<?, ?> part, Signer signer, ReservedPermit lease) throws Exception {
        Optional<Send<?>> send = Optional.empty();
        ApiException late = null;
        synchronized (session) {
            if (!context.isOver()) {
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
            context.fail(late);
        }
    }

    private void saveAndTransmit(Send<?> send, Signer signer, ReservedPermit lease) throws Exception {
        if (send.durable()) {
            try {
                context.checkpoints().save();
            } catch (IOException e) {
                lease.giveBack();
                context.fail(OperationSession.notSaved(e));
                return;
            }
        }
        transmitOrAwaitPermit(send, signer, lease);
        context.report();
    }

    private void transmitOrAwaitPermit(Send<?> send, Signer signer, ReservedPermit lease) {
        if (!lease.isOver()) {
            transmit(send, signer, lease);
            return;
        }
        lease.giveBack();
        quota(send.part()).await(dependencies.quotas().spec(send.call()), permit -> {
            ReservedPermit next = lease(permit);
            context.execute(() -> transmitOrAwaitPermit(send, signer, next));
        });
    }

    private <T> void transmit(Send<T> send, Signer signer, ReservedPermit lease) {
        ExchangeHandle handle = new ExchangeHandle();
        boolean tooLate;
        synchronized (session) {
            tooLate = context.isOver();
            if (!tooLate) {
                send.part().markInFlight();
                inFlight.put(send.part(), handle);
            }
        }
        if (tooLate) {
            lease.giveBack();
            return;
        }
        lease.use();
        try {
            handle.set(dependencies
                    .transport()
                    .send(
                            send.call(),
                            signer,
                            send.timeout(),
                            outcome -> arrived(send, signer, handle, lease.permit(), outcome)));
        } catch (RuntimeException | Error e) {
            lease.permit().release();
            throw e;
        }
    }

    /** Must not block: it is called on a thread of the transport. */
    private <T> void arrived(
            Send<T> send, Signer signer, ExchangeHandle handle, Quota.Permit permit, Outcome<T> outcome) {
        synchronized (session) {
            if (!inFlight.remove(send.part(), handle)) {
                return;
            }
        }
        permit.report(outcome);
        if (authenticator.mustRenew(send.part(), signer, outcome)) {
            permit.release();
            sendSingly(send);
            return;
        }
        // First, so that after a refusal that concerns all parts the permit is not used for another.
        receiver.receive(send, outcome);
        permit.release();
    }

    /** Sends an exchange that has begun, and that no list has answered, or whose access token was refused. */
    void sendSingly(Send<?> send) {
        quota(send.part()).await(dependencies.quotas().spec(send.call()), permit -> {
            ReservedPermit lease = lease(permit);
            context.execute(() -> lookUpAndTransmit(send, lease));
        });
    }

    private void lookUpAndTransmit(Send<?> send, ReservedPermit lease) throws Exception {
        authenticator.authenticate(send.part(), lease, signer -> saveAndTransmit(send, signer, lease));
    }
}
