package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.operation.LostResponse;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs one operation, which may be part of a larger one: its state, retries and polls. It does no I/O. Not safe for several
 * threads.
 *
 * @param <S> type of the operation's spec
 * @param <R> type of the operation's result
 */
final class PartSession<S, R> {

    private final PartContext part;
    private final SharedSessionState context;
    private final Operation<S, R> operation;
    private final ExchangeSchedule schedule;
    private final LastStatus lastStatus = new LastStatus();
    private final CurrentState<S, R> state;
    private final ExchangeState exchange = new ExchangeState();
    private boolean acted;
    private boolean cancelTaken;
    private boolean lastBatched;
    private ApiException problem;

    PartSession(PartContext part, Operation<S, R> operation, Instant now) {
        this.part = part;
        this.context = part.session();
        this.operation = operation;
        this.state = new CurrentState<>(part, operation);
        this.schedule = new ExchangeSchedule(context.retryPolicy(), now);
    }

    Operation<S, R> operation() {
        return operation;
    }

    /** Name of the credentials of its requests; empty for those of the whole operation. */
    String account() {
        return part.account();
    }

    /** Goes as far as possible without an exchange. */
    void advance(Instant now) {
        while (!exchange.isBusy() && problem == null) {
            if (state.next() instanceof Next.Wait<S, R> wait) {
                if (!isWaitOver(wait, now)) {
                    return;
                }
            } else if (!(state.next() instanceof Next.RunParts<?, ?, S, R> parts) || !runParts(parts, now)) {
                return;
            }
        }
    }

    /** @return true if the state was left, which may be before the next exchange may be sent */
    private boolean isWaitOver(Next.Wait<S, R> wait, Instant now) {
        if (lastStatus.changeTo(wait.status())) {
            part.reporter().status(wait.status());
        }
        lastStatus.set(wait.detail());
        boolean over = schedule.isWaitOver(wait.until(), now, lastBatched);
        if (over) {
            state.moveTo(wait.then());
        }
        return over;
    }

    /** @return true if they have all ended */
    private boolean runParts(Next.RunParts<?, ?, S, R> parts, Instant now) {
        if (!state.advanceParts(parts, acted, now)) {
            return false;
        }
        problem = state.partsFailure().orElse(null);
        if (problem == null) {
            schedule.startWaiting(now);
            state.leaveParts();
        }
        return true;
    }

    Optional<R> result() {
        return exchange.isBusy() || problem != null ? Optional.empty() : state.result();
    }

    Optional<ApiException> problem() {
        if (problem == null && !exchange.isBusy()) {
            problem = state.problem().orElse(null);
        }
        return Optional.ofNullable(problem);
    }

    /** The parts that it goes on with; empty if nothing comes next that has parts. */
    Optional<PartGroup<?, ?, S, R>> group() {
        return state.group();
    }

    /** Calls a function with each part, this one included, that is about to send something, now or later. */
    void forEachPending(Consumer<PartSession<?, ?>> receiver) {
        if (exchange.isBusy() || problem != null) {
            return;
        }
        state.group().ifPresent(group -> group.forEachPending(receiver));
        if (state.isExchange() || state.isWait()) {
            receiver.accept(this);
        }
    }

    boolean isInFlight() {
        return exchange.isBusy() || state.group().filter(PartGroup::isInFlight).isPresent();
    }

    ExchangeSchedule schedule() {
        return schedule;
    }

    /** The exchange that comes next. */
    ApiCall<?> call() {
        return state.exchange().call();
    }

    /** How a list may answer the exchange that comes next, and from when on. */
    Optional<BatchWindow> batchWindow() {
        return state.isWait()
                ? Optional.empty()
                : state.exchange()
                        .batch()
                        .map(lookup -> new BatchWindow(lookup.list(), account(), schedule.notBeforeInBatch()));
    }

    boolean isReady(Instant now) {
        return !exchange.isBusy() && problem == null && state.isExchange() && !schedule.isTooEarly(now);
    }

    void reserve() {
        exchange.reserve();
    }

    void markInFlight() {
        exchange.markInFlight(call());
    }

    /** @param batched whether a list is to answer it, if one can */
    Send<?> begin(Instant now, boolean batched) {
        lastBatched = batched && state.exchange().batch().isPresent();
        context.requests().add(lastBatched, call().request().readOnly());
        Send<?> send = Send.of(this, state.exchange(), lastBatched, Duration.between(now, context.readUntil()));
        if (send.durable()) {
            exchange.markSent(now);
            context.unsaved().add(new CheckpointEntry.Sent(part.path(), now.toEpochMilli()));
        }
        if (!send.call().request().readOnly() && schedule.attempts() == 0) {
            part.reporter().asking(send.call());
        }
        exchange.begin(now);
        return send;
    }

    /** The exchange that a list was to answer is sent singly. */
    void sendSingly() {
        lastBatched = false;
        context.requests().uncountShared();
    }

    /** The exchange was not sent, and is tried again later. */
    void retryLater(ApiException why, Instant now) {
        exchange.drop();
        lastStatus.set(why.getMessage());
        part.reporter().retry(why, NextAttempt.TRY_AGAIN, schedule.waitForRetry(now, why));
    }

    /** What the exchange needs failed: it was not sent. */
    void notSent(ApiException why, Instant now) {
        exchange.drop();
        lastStatus.set(why.getMessage());
        retryOrFail(why, false, now);
    }

    /** The exchange that {@link #begin} started has ended. */
    @SuppressWarnings("unchecked")
    void complete(Outcome<?> outcome, Instant now) {
        exchange.end();
        context.reached().add(call(), outcome);
        if (outcome instanceof Outcome.Failure<?> failure
                && failure.problem().kind().isNothingSent()) {
            context.requests().remove(lastBatched, call().request().readOnly());
        }
        if (!lastBatched) {
            context.exchangeEnded(part.path(), exchange.begunAt(), now, outcome);
        }
        if (outcome instanceof Outcome.Success<?> success) {
            onSuccess((Next.Exchange<Object, S, R>) state.exchange(), success.value(), now);
        } else if (outcome instanceof Outcome.Failure<?> failure) {
            onFailure(state.exchange(), failure.problem(), now);
        }
    }

    private <T> void onSuccess(Next.Exchange<T, S, R> ended, T value, Instant now) {
        ApiCall<T> call = ended.call();
        schedule.resetAttempts();
        exchange.drop();
        state.moveTo(ended.onSuccess().apply(value));
        if (call.request().readOnly()) {
            // It is sent again only if it is known that nothing was done.
            acted = acted && !state.isNonIdempotent();
            return;
        }
        acted = true;
        schedule.startWaiting(now);
        lastStatus.set("%s accepted the request to %s".formatted(call.service(), call.purpose()));
        // No checkpoint at the end: after a crash, what is idempotent is sent again, and the rest is looked up.
        if (!state.isTerminal()) {
            state.save(acted);
        }
    }

    private void onFailure(Next.Exchange<?, S, R> ended, ApiException why, Instant now) {
        lastStatus.set(why.getMessage());
        boolean mayHaveActed =
                why.kind().mayHaveTakenEffect() && !ended.call().request().readOnly();
        acted |= mayHaveActed;
        Instant sent = exchange.drop();
        if (why.kind().mayHaveTakenEffect() && ended.onLost() != null) {
            state.moveToLost(new LostResponse(sent, false));
            part.reporter().retry(why, NextAttempt.LOOK_UP, schedule.waitForRetry(now, why));
            return;
        }
        retryOrFail(why, mayHaveActed, now);
    }

    private void retryOrFail(ApiException why, boolean mayHaveActed, Instant now) {
        if (!schedule.allowsRetry(why, context.reached().contains(call()))) {
            problem = why;
            return;
        }
        Duration delay = schedule.waitForRetry(now, why);
        if (context.isTooLate(now, why)) {
            problem = why.laterThanTimeout();
            return;
        }
        part.reporter().retry(why, mayHaveActed ? NextAttempt.REPEAT : NextAttempt.TRY_AGAIN, delay);
    }

    /** What a restart finds: the exchange may have been sent, and no response came. */
    boolean resumeLost() {
        Instant sent = exchange.drop();
        if (sent != null && state.isNonIdempotent()) {
            acted = true;
            state.moveToLost(new LostResponse(sent, true));
        }
        return state.group().filter(PartGroup::resumeLost).isPresent() || sent != null;
    }

    /** The group that a checkpoint is about. */
    PartGroup<?, ?, S, R> restoredGroup() {
        return state.restoredGroup();
    }

    void restore(CheckpointEntry.Sent sent) {
        exchange.markSent(Instant.ofEpochMilli(sent.sentAt()));
    }

    void restore(CheckpointEntry.Changed changed) {
        exchange.drop();
        acted = changed.acted();
        state.restore(changed);
    }

    /** Whether the service has to be told that nobody waits any more. */
    void takeCancelCalls(List<CancelCall> into) {
        if (acted && !cancelTaken && state.problem().isEmpty()) {
            cancelTaken = true;
            operation.cancelCall().ifPresent(call -> into.add(new CancelCall(account(), call)));
        }
        state.group().ifPresent(group -> group.takeCancelCalls(into));
    }

    /** Notes that the exchange under way may have acted, of which nothing more will be known. */
    void markActed() {
        acted = true;
    }

    /** How things stand, without a full stop; empty if nothing was sent. */
    String describe() {
        return lastStatus
                .awaited(exchange.inFlight())
                .orElseGet(() -> state.group().map(PartGroup::describe).orElseGet(lastStatus::text));
    }

    LastStatus lastStatus() {
        return lastStatus;
    }
}
