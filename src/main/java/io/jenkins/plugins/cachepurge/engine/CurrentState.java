package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.operation.FailedState;
import io.jenkins.plugins.cachepurge.operation.LostResponse;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * State that a part is in, what comes next, and the group of parts if that is one. Not safe for several threads.
 *
 * @param <S> type of the operation's spec
 * @param <R> type of the operation's result
 */
final class CurrentState<S, R> {

    private final PartContext part;
    private final Operation<S, R> operation;

    private State<S, R> state;
    /** Null until it is needed: putting a request together costs more than the rest of a poll. */
    private Next<S, R> next;
    /** Null unless the next thing is a group of parts. */
    private PartGroup<?, ?, S, R> group;

    CurrentState(PartContext part, Operation<S, R> operation) {
        this.part = part;
        this.operation = operation;
        this.state = operation.first();
    }

    Next<S, R> next() {
        if (next == null) {
            next = state.next(operation.spec());
        }
        return next;
    }

    /** The exchange that comes next. */
    Next.Exchange<?, S, R> exchange() {
        return (Next.Exchange<?, S, R>) next();
    }

    boolean isExchange() {
        return next() instanceof Next.Exchange<?, S, R>;
    }

    boolean isWait() {
        return next() instanceof Next.Wait<S, R>;
    }

    /** Whether an exchange comes next that must not simply be repeated. */
    boolean isNonIdempotent() {
        return next() instanceof Next.Exchange<?, S, R> exchange && exchange.onLost() != null;
    }

    /** Whether it is known without asking the state that the operation has ended. */
    boolean isTerminal() {
        return state instanceof SucceededState<S, R> || state instanceof FailedState<S, R>;
    }

    Optional<R> result() {
        return next() instanceof Next.Succeed<S, R> succeed ? Optional.of(succeed.result()) : Optional.empty();
    }

    Optional<ApiException> problem() {
        return next() instanceof Next.Fail<S, R> fail ? Optional.of(fail.problem()) : Optional.empty();
    }

    void moveTo(State<S, R> to) {
        state = to;
        next = null;
        group = null;
    }

    /** Moves to the state that leads to what became of the exchange, which may have acted. */
    void moveToLost(LostResponse lost) {
        moveTo(exchange().onLost().apply(lost));
        save(true);
    }

    @SuppressWarnings("unchecked")
    void restore(CheckpointEntry.Changed changed) {
        moveTo((State<S, R>) changed.state());
    }

    /** @param acted whether the service may have done something that can be cancelled */
    void save(boolean acted) {
        part.session().unsaved().add(new CheckpointEntry.Changed(part.path(), state, acted));
    }

    Optional<PartGroup<?, ?, S, R>> group() {
        return Optional.ofNullable(group);
    }

    /**
     * Goes on with the parts that come next.
     *
     * @param acted whether the service may have done something that can be cancelled
     * @return true if they have all ended
     */
    boolean advanceParts(Next.RunParts<?, ?, S, R> parts, boolean acted, Instant now) {
        boolean begins = group == null;
        group(parts).advance(now);
        if (begins && state != operation.first()) {
            // What is saved of the parts needs the state that they belong to.
            save(acted);
        }
        return group.hasEnded();
    }

    /** Why the parts failed, which have all ended; empty if they succeeded. */
    Optional<ApiException> partsFailure() {
        return group.failure(operation.description());
    }

    /** Moves to the state that the results of the parts lead to. */
    void leaveParts() {
        List<CheckpointEntry> ended = new ArrayList<>();
        group.takeEnded(ended);
        moveTo(group.stateAfter());
        if (!isTerminal()) {
            part.session().unsaved().addAll(ended);
        }
    }

    /** The group that a checkpoint is about. */
    PartGroup<?, ?, S, R> restoredGroup() {
        if (next() instanceof Next.RunParts<?, ?, S, R> parts) {
            return group(parts);
        }
        throw PartGroup.otherParameters();
    }

    private PartGroup<?, ?, S, R> group(Next.RunParts<?, ?, S, R> parts) {
        if (group == null) {
            group = newGroup(parts);
        }
        return group;
    }

    private <P extends Serializable> PartGroup<?, ?, S, R> newGroup(Next.RunParts<P, ?, S, R> parts) {
        return PartGroup.of(part, operation.description(), parts);
    }
}
