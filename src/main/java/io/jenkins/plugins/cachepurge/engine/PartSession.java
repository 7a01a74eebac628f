package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.operation.FailedState;
import io.jenkins.plugins.cachepurge.operation.LostResponse;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

    private final SessionContext context;
    private final PartPath path;
    private final Operation<S, R> operation;
    private final ProgressReporter reporter;
    private final ExchangeSchedule schedule;
    private final LastStatus lastStatus = new LastStatus();

    private State<S, R> state;
    /** Null until it is needed: putting a request together costs more than the rest of a poll. */
    private Next<S, R> next;
    /** Null unless the next thing is a group of parts. */
    private PartGroup<?, ?, S, R> group;
    /** When an exchange began that must not simply be repeated, and has no outcome yet; else null. */
    private Instant sentAt;
    /** Whether an exchange is being prepared or under way. */
    private boolean busy;
    /** Null unless an exchange is under way. */
    private ApiCall<?> inFlight;

    private boolean acted;
    private boolean lastBatched;
    private ApiException problem;

    PartSession(
            SessionContext context, PartPath path, Operation<S, R> operation, ProgressReporter reporter, Instant now) {
        this.context = context;
        this.path = path;
        this.operation = operation;
        this.reporter = reporter;
        this.state = operation.first();
        this.schedule = new ExchangeSchedule(context.retryPolicy(), now);
    }

    Operation<S, R> operation() {
        return operation;
    }

    /** Goes as far as possible without an exchange. */
    void advance(Instant now) {
        while (!busy && problem == null) {
            if (next() instanceof Next.Wait<S, R> wait) {
                waitForPoll(wait, now);
            } else if (next() instanceof Next.RunParts<?, ?, S, R> parts) {
                if (!runParts(parts, now)) {
                    return;
                }
            } else {
                return;
            }
        }
    }

    private Next<S, R> next() {
        if (next == null) {
            next = state.next(operation.spec());
        }
        return next;
    }

    private void moveTo(State<S, R> to) {
        state = to;
        next = null;
        group = null;
    }

    private void waitForPoll(Next.Wait<S, R> wait, Instant now) {
        if (lastStatus.changeTo(wait.status())) {
            reporter.status(wait.status());
        }
        moveTo(wait.then());
        schedule.waitForPoll(now, lastBatched);
    }

    /** @return true if they have all ended */
    private boolean runParts(Next.RunParts<?, ?, S, R> parts, Instant now) {
        boolean begins = group == null;
        group(parts, now).advance(now);
        if (begins && state != operation.first()) {
            // What is saved of the parts needs the state that they belong to.
            saveState();
        }
        if (!group.hasEnded()) {
            return false;
        }
        Optional<ApiException> failure = group.failure(operation.description());
        if (failure.isPresent()) {
            problem = failure.get();
            return true;
        }
        List<CheckpointEntry> ended = new ArrayList<>();
        group.takeEnded(ended);
        schedule.startWaiting(now);
        moveTo(group.stateAfter());
        if (!isTerminal()) {
            context.unsaved().addAll(ended);
        }
        return true;
    }

    private PartGroup<?, ?, S, R> group(Next.RunParts<?, ?, S, R> parts, Instant now) {
        if (group == null) {
            group = newGroup(parts, now);
        }
        return group;
    }

    private <P extends Serializable> PartGroup<?, ?, S, R> newGroup(Next.RunParts<P, ?, S, R> parts, Instant now) {
        return PartGroup.of(context, path, operation.description(), parts, reporter, now);
    }

    boolean hasEnded() {
        return problem().isPresent() || result().isPresent();
    }

    Optional<R> result() {
        return state instanceof SucceededState<S, R> succeeded
                ? Optional.of(succeeded.result())
                : !busy && problem == null && next() instanceof Next.Succeed<S, R> succeed
                        ? Optional.of(succeed.result())
                        : Optional.empty();
    }

    Optional<ApiException> problem() {
        if (problem == null && !busy && next() instanceof Next.Fail<S, R> fail) {
            problem = fail.problem();
        }
        return Optional.ofNullable(problem);
    }

    /** Calls a function with each part, this one included, that is about to send something, now or later. */
    void forEachPending(Consumer<PartSession<?, ?>> receiver) {
        if (busy || problem != null) {
            return;
        }
        if (group != null) {
            group.forEachPending(receiver);
        } else if (next() instanceof Next.Exchange<?, S, R>) {
            receiver.accept(this);
        }
    }

    boolean isInFlight() {
        return busy || group != null && group.isInFlight();
    }

    /** When the exchange that comes next may be sent. */
    Instant notBefore() {
        return schedule.notBefore();
    }

    /** The exchange that comes next. */
    ApiCall<?> call() {
        return exchange().call();
    }

    private Next.Exchange<?, S, R> exchange() {
        return (Next.Exchange<?, S, R>) next();
    }

    /** How a list may answer the exchange that comes next, and from when on. */
    Optional<BatchWindow> batchWindow() {
        return exchange().batch().map(lookup -> new BatchWindow(lookup.list(), schedule.notBeforeInBatch()));
    }

    void joinBatch(Instant now) {
        schedule.joinBatch(now);
    }

    /** Whether it can send the exchange that comes next. */
    boolean isReady(Instant now) {
        return !busy
                && problem == null
                && group == null
                && next() instanceof Next.Exchange<?, S, R>
                && !schedule.isTooEarly(now);
    }

    /** The exchange that comes next is being prepared. */
    void reserve() {
        busy = true;
    }

    /** The exchange that comes next is under way. */
    void markInFlight() {
        inFlight = call();
    }

    /** @param batched whether a list is to answer it, if one can */
    Send<?> begin(Instant now, boolean batched) {
        return begin(exchange(), now, batched);
    }

    private <T> Send<T> begin(Next.Exchange<T, S, R> exchange, Instant now, boolean batched) {
        ApiCall<T> call = exchange.call();
        boolean durable = call.idempotency() == Idempotency.NOT_IDEMPOTENT;
        lastBatched = batched && exchange.batch().isPresent();
        context.requests().add(lastBatched);
        if (durable) {
            sentAt = now;
            context.unsaved().add(new CheckpointEntry.Sent(path, now.toEpochMilli()));
        }
        if (!call.request().readOnly() && schedule.attempts() == 0) {
            reporter.asking(call);
        }
        busy = true;
        return new Send<>(
                this,
                call,
                lastBatched ? exchange.batch() : Optional.empty(),
                Duration.between(now, context.readUntil()),
                durable);
    }

    /** The exchange that a list was to answer is sent singly. */
    void sendSingly() {
        lastBatched = false;
        context.requests().uncountShared();
    }

    /** Something in the way of the exchange may pass: it was not sent, and is tried again later. */
    void retryLater(ApiException why, Instant now) {
        busy = false;
        inFlight = null;
        sentAt = null;
        lastStatus.set(why.getMessage());
        reporter.retry(why, "trying again", schedule.waitForRetry(now, why));
    }

    /** The exchange that {@link #begin} started has ended. */
    @SuppressWarnings("unchecked")
    void complete(Outcome<?> outcome, Instant now) {
        complete((Next.Exchange<Object, S, R>) exchange(), (Outcome<Object>) outcome, now);
    }

    private <T> void complete(Next.Exchange<T, S, R> exchange, Outcome<T> outcome, Instant now) {
        busy = false;
        inFlight = null;
        if (outcome instanceof Outcome.Success<T> success) {
            onSuccess(exchange, success.value(), now);
        } else if (outcome instanceof Outcome.Failure<T> failure) {
            onFailure(exchange, failure.problem(), now);
        }
    }

    private <T> void onSuccess(Next.Exchange<T, S, R> exchange, T value, Instant now) {
        ApiCall<T> call = exchange.call();
        schedule.resetAttempts();
        sentAt = null;
        moveTo(exchange.onSuccess().apply(value));
        if (call.request().readOnly()) {
            // It is sent again only if it is known that nothing was done.
            acted &= !isNonIdempotent();
            return;
        }
        acted = true;
        schedule.startWaiting(now);
        lastStatus.set("%s accepted the request to %s".formatted(call.service(), call.purpose()));
        if (!isTerminal()) {
            saveState();
        }
    }

    private boolean isNonIdempotent() {
        return next() instanceof Next.Exchange<?, S, R> exchange && exchange.onLost() != null;
    }

    /** No checkpoint at the end: after a crash, what is idempotent is sent again, and the rest is looked up. */
    private boolean isTerminal() {
        return state instanceof SucceededState<S, R> || state instanceof FailedState<S, R>;
    }

    private void saveState() {
        context.unsaved().add(new CheckpointEntry.Changed(path, state, acted));
    }

    private void onFailure(Next.Exchange<?, S, R> exchange, ApiException why, Instant now) {
        lastStatus.set(why.getMessage());
        boolean mayHaveActed =
                why.kind().mayHaveTakenEffect() && !exchange.call().request().readOnly();
        acted |= mayHaveActed;
        Instant sent = sentAt;
        sentAt = null;
        if (why.kind().mayHaveTakenEffect() && exchange.onLost() != null) {
            moveTo(exchange.onLost().apply(new LostResponse(sent, false)));
            saveState();
            reporter.retry(why, "asking what became of the request", schedule.waitForRetry(now, why));
            return;
        }
        if (schedule.attempts(why.kind()) + 1 >= why.kind().maxAttempts()) {
            problem = why;
            return;
        }
        Duration delay = schedule.waitForRetry(now, why);
        if (why.retryAfter().isPresent() && now.plus(why.retryAfter().get()).isAfter(context.readUntil())) {
            problem = why;
            reporter.message("%s asks to retry after %d s, which is later than the timeout"
                    .formatted(why.service(), why.retryAfter().get().toSeconds()));
            return;
        }
        reporter.retry(why, mayHaveActed ? "sending it again, which is harmless," : "trying again", delay);
    }

    /** What a restart finds: the exchange may have been sent, and no response came. */
    boolean resumeLost() {
        boolean resumed = false;
        if (sentAt != null) {
            if (next() instanceof Next.Exchange<?, S, R> exchange && exchange.onLost() != null) {
                acted = true;
                moveTo(exchange.onLost().apply(new LostResponse(sentAt, true)));
                saveState();
            }
            sentAt = null;
            resumed = true;
        }
        return group == null ? resumed : group.resumeLost() | resumed;
    }

    /** A checkpoint of this part. */
    @SuppressWarnings("unchecked")
    void restore(CheckpointEntry entry) {
        if (entry instanceof CheckpointEntry.Sent sent) {
            sentAt = Instant.ofEpochMilli(sent.sentAt());
        } else if (entry instanceof CheckpointEntry.Changed changed) {
            sentAt = null;
            acted = changed.acted();
            moveTo((State<S, R>) changed.state());
        }
    }

    /** The part of a group. */
    PartSession<?, ?> child(int index, Instant now) {
        return restoredGroup(now).child(index, now);
    }

    void restoreSucceeded(List<CheckpointEntry.EqualResults> results, Instant now) {
        restoredGroup(now).restoreSucceeded(results);
    }

    void restoreFailed(CheckpointEntry.Failed failed, Instant now) {
        restoredGroup(now).restoreFailed(failed);
    }

    /** Goes on to the group that the entries that follow are about. */
    private PartGroup<?, ?, S, R> restoredGroup(Instant now) {
        if (next() instanceof Next.RunParts<?, ?, S, R> parts) {
            return group(parts, now);
        }
        throw new IllegalStateException("The saved progress of this step belongs to other parameters");
    }

    /** What was done of the parts since this was asked last. */
    void takeEnded(List<CheckpointEntry> into) {
        if (group != null) {
            group.takeEnded(into);
        }
    }

    /** Puts what no line has reported yet into one. */
    void reportRetries() {
        if (group != null) {
            group.reportRetries();
        }
    }

    /** Whether the service has to be told that nobody waits any more. */
    void collectCancelCalls(List<ApiCall<?>> into) {
        if (acted && !(next() instanceof Next.Fail<S, R>)) {
            operation.cancelCall().ifPresent(into::add);
        }
        if (group != null) {
            group.collectCancelCalls(into);
        }
    }

    /** Notes that the exchange under way may have acted, of which nothing more will be known. */
    void markActed() {
        acted = true;
    }

    /** How many units are done. */
    int unitsDone() {
        return group == null ? 0 : group.unitsDone();
    }

    /** How many units there are in all; 0 if it is no group. */
    int unitsTotal() {
        return group == null ? 0 : group.unitsTotal();
    }

    /** How things stand, without a full stop; empty if nothing was sent. */
    String describe() {
        boolean nothingBetter = inFlight != null
                && (!inFlight.request().readOnly() || lastStatus.text().isEmpty());
        if (nothingBetter) {
            return "%s was asked to %s and has not answered".formatted(inFlight.service(), inFlight.purpose());
        }
        return group == null ? lastStatus.text() : group.describe();
    }

    void setStatus(String sentence) {
        lastStatus.set(sentence);
    }

    ProgressReporter reporter() {
        return reporter;
    }
}
