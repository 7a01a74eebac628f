package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs one operation, with all its parts, against the clock: one deadline, one result, and what must be saved. It does no
 * I/O, never sleeps and starts no threads; a driver sends what it says and reports the outcomes. Not safe for several
 * threads.
 *
 * @param <R> type of the result
 */
public final class OperationSession<R extends OperationResult> {

    /** After a restart what only reads may still be sent for so long, however long the restart took. */
    private static final Duration GRACE_AFTER_RESTART = Duration.ofSeconds(60);

    private final InstantSource clock;
    private final SharedSessionState context;
    private final PartSession<?, R> root;
    private final Set<String> usedAccounts = new HashSet<>();
    private final Set<Quota> awaited = new HashSet<>();

    private boolean ended;

    private OperationSession(Operation<?, R> operation, SharedSessionState context, InstantSource clock) {
        this.clock = clock;
        this.context = context;
        this.root = new PartSession<>(PartContext.root(context), operation, clock.instant());
    }

    /**
     * A session that begins.
     *
     * @param startedAt when the timeout began to count
     */
    public static <R extends OperationResult> OperationSession<R> start(
            Operation<?, R> operation,
            Duration timeout,
            Instant startedAt,
            InstantSource clock,
            RetryPolicy retryPolicy) {
        Instant deadline = startedAt.plus(timeout);
        SharedSessionState context = new SharedSessionState(
                operation.description().text(),
                startedAt,
                timeout,
                deadline,
                deadline,
                retryPolicy,
                new RequestCounter(0),
                clock.instant());
        return new OperationSession<>(operation, context, clock);
    }

    /**
     * A session that goes on where another one, of which nothing but its checkpoint is left, was cut off.
     *
     * @param checkpoint in the order in which it was saved; empty if nothing was
     * @throws IllegalStateException if the checkpoint is that of another operation
     */
    public static <R extends OperationResult> OperationSession<R> resume(
            Operation<?, R> operation,
            Duration timeout,
            Instant startedAt,
            List<CheckpointEntry> checkpoint,
            InstantSource clock,
            RetryPolicy retryPolicy) {
        Instant now = clock.instant();
        CheckpointEntry.Progress progress = CheckpointEntry.Progress.last(checkpoint);
        Instant began = began(startedAt, Duration.ofMillis(progress.elapsedMillis()), now);
        Instant deadline = began.plus(timeout);
        Instant grace = now.plus(GRACE_AFTER_RESTART);
        SharedSessionState context = new SharedSessionState(
                operation.description().text(),
                began,
                timeout,
                deadline,
                deadline.isAfter(grace) ? deadline : grace,
                retryPolicy,
                new RequestCounter(progress.requests()),
                now);
        OperationSession<R> session = new OperationSession<>(operation, context, clock);
        session.restore(checkpoint, now);
        return session;
    }

    /** A clock that was set back does not give more time than was left when the checkpoint was saved. */
    private static Instant began(Instant startedAt, Duration elapsed, Instant now) {
        Instant latest = now.minus(elapsed);
        return startedAt.isAfter(latest) ? latest : startedAt;
    }

    private void restore(List<CheckpointEntry> checkpoint, Instant now) {
        new CheckpointRestorer(root, now).restore(checkpoint);
        if (context.requests().own() > 0) {
            root.lastStatus()
                    .set("Jenkins was restarted after %d requests"
                            .formatted(context.requests().own()));
        }
        boolean lost = root.resumeLost();
        LocalizedText operation = description().text();
        context.message(
                lost ? LocalizedText.of("restart.lost", operation) : LocalizedText.of("restart.goingOn", operation));
    }

    public OperationDescription description() {
        return root.operation().description();
    }

    /** How long from now until nothing is sent any more. */
    Duration remaining() {
        return Duration.between(clock.instant(), context.readUntil());
    }

    /** Goes as far as possible without an exchange. */
    Progress<R> advance() {
        Instant now = clock.instant();
        root.advance(now);
        Optional<ApiException> problem = root.problem();
        if (problem.isPresent()) {
            return new Progress.Failed<>(problem.get());
        }
        Optional<R> result = root.result();
        if (result.isPresent()) {
            reportSuccess(result.get(), now);
            return new Progress.Succeeded<>(result.get());
        }
        if (!now.isBefore(context.readUntil())) {
            return new Progress.Failed<>(timedOut());
        }
        return pending(now);
    }

    private Progress<R> pending(Instant now) {
        List<PartSession<?, ?>> ready = new ArrayList<>();
        List<PartSession<?, ?>> waiting = new ArrayList<>();
        root.forEachPending(part -> (part.isReady(now) ? ready : waiting).add(part));
        Instant wakeAt = context.readUntil();
        for (PartSession<?, ?> part : waiting) {
            wakeAt = part.schedule().notBefore().isBefore(wakeAt)
                    ? part.schedule().notBefore()
                    : wakeAt;
        }
        return new Progress.Pending<>(ready, waiting, wakeAt);
    }

    private void reportSuccess(R result, Instant now) {
        if (ended) {
            return;
        }
        ended = true;
        double seconds = Duration.between(context.startedAt(), now).toMillis() / 1000.0;
        LocalizedText line = LocalizedText.of(
                "done",
                description().text(),
                result.summary(),
                seconds,
                context.requests().text());
        context.message(result.link()
                .map(link -> LocalizedText.of("text.sentences", line, link))
                .orElse(line));
        result.warning().ifPresent(warning -> context.message(LocalizedText.of("warning", warning)));
    }

    /**
     * Starts the exchange of a part.
     *
     * @return empty if it must not be sent any more, since the time for what acts is over
     */
    Optional<Send<?>> begin(PartSession<?, ?> part, boolean batched) {
        Instant now = clock.instant();
        boolean tooLate =
                !now.isBefore(context.actUntil()) && !part.call().request().readOnly();
        return tooLate ? Optional.empty() : Optional.of(part.begin(now, batched));
    }

    /** Those whose credentials were there, since a service has responded to a request with them. */
    Set<String> usedAccounts() {
        return usedAccounts;
    }

    /** The exchange of a part has ended. */
    void complete(PartSession<?, ?> part, Outcome<?> outcome) {
        usedAccounts.add(part.account());
        part.complete(outcome, clock.instant());
    }

    /** The exchange of a part was not sent, since something was in the way that may pass. */
    void retryLater(PartSession<?, ?> part, ApiException why) {
        part.retryLater(why, clock.instant());
    }

    /** The exchange of a part was not sent, since there is no access token for it. */
    void notSent(PartSession<?, ?> part, ApiException why) {
        part.notSent(why, clock.instant());
    }

    /** Others send their polls now, and a list may answer those of this session, too. */
    void joinBatch() {
        Instant now = clock.instant();
        root.forEachPending(part -> part.schedule().joinBatch(now));
    }

    /** What is known of what was under way; nothing before the first request. */
    List<LocalizedText> aborted() {
        String known = root.describe();
        return known.isEmpty() ? List.of() : List.of(LocalizedText.of("aborted", running(), known));
    }

    private LocalizedText running() {
        return root.group().map(PartGroup::running).orElse(description().text());
    }

    /** A line about a quota that has given no permit for long. */
    LocalizedText waiting(Quota quota) {
        return LocalizedText.of("quota.waiting", description().text(), quota.waiting());
    }

    /** Quotas that have given no permit, kept by who asks them. */
    Set<Quota> awaited() {
        return awaited;
    }

    /** The deadline has passed. */
    ApiException timedOut() {
        String known = root.describe();
        if (known.isEmpty() && !awaited.isEmpty()) {
            known = "nothing was sent, " + awaited.iterator().next().waiting();
        }
        return ApiException.timedOut(
                description().service().toString(),
                running().toString(),
                context.timeout(),
                known.isEmpty() ? "nothing was sent" : known);
    }

    /** The problem if the checkpoint cannot be saved that an exchange needs. */
    static ApiException notSaved(IOException why) {
        return ApiException.failed(
                "Jenkins",
                "save the progress of this step",
                "could not (%s)".formatted(why.getMessage()),
                "Nothing was sent. Check the disk of the controller.");
    }

    /** What the service has to be sent if nobody waits for the end any more; for each part only once. */
    List<CancelCall> takeCancelCalls() {
        List<CancelCall> calls = new ArrayList<>();
        root.takeCancelCalls(calls);
        return calls;
    }

    /** Lines for people since this was called last. */
    List<LocalizedText> takeMessages() {
        List<LocalizedText> messages = List.copyOf(context.messages());
        context.messages().clear();
        return messages;
    }

    /** The last lines for people. */
    List<LocalizedText> takeLastMessages() {
        root.group().ifPresent(PartGroup::reportRetries);
        context.lastProblem().end().ifPresent(context.messages()::add);
        return takeMessages();
    }

    /** Whether something has to be saved now. What only parts have done may wait a while. */
    boolean isSaveDue() {
        return !context.unsaved().isEmpty() || context.saves().isDue(clock.instant());
    }

    /** What has to be saved, in order; empty if nothing. */
    List<CheckpointEntry> takeUnsaved() {
        List<CheckpointEntry> entries = new ArrayList<>(context.unsaved());
        context.unsaved().clear();
        root.group().ifPresent(group -> group.takeEnded(entries));
        Instant now = clock.instant();
        context.saves().saved(now);
        if (!entries.isEmpty()) {
            long elapsed = Duration.between(context.startedAt(), now).toMillis();
            entries.add(new CheckpointEntry.Progress(elapsed, requests()));
        }
        return entries;
    }

    /** How many requests were sent, repeats included, but not those that were sent for several operations. */
    public int requests() {
        return context.requests().own();
    }

    /** How many polls a list has answered together with those of other operations. */
    public int sharedPolls() {
        return context.requests().shared();
    }

    /** Exchanges that have ended since this was called last. */
    List<EndedExchange> takeExchanges() {
        List<EndedExchange> exchanges = List.copyOf(context.exchanges());
        context.exchanges().clear();
        return exchanges;
    }

    /** The status of each part of its sequences. */
    List<PartStatus> partStatuses() {
        return context.sequences().values().stream()
                .flatMap(sequence -> sequence.statuses().stream())
                .toList();
    }

    int unitsDone() {
        return root.group().map(PartGroup::unitsDone).orElse(0);
    }

    int unitsTotal() {
        return root.group().map(PartGroup::unitsTotal).orElse(0);
    }
}
