package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Runs one operation against the clock: deadline, polling, retries, and what must be written down before and after. It
 * does no exchange and never sleeps; a driver carries out its moves, one at a time. Not safe for several threads at once.
 *
 * @param <R> what comes of the operation
 */
public final class OperationSession<R extends OperationResult> {

    /** After a restart the service is asked at least once more, however long the restart took. */
    private static final Duration GRACE_AFTER_RESTART = Duration.ofSeconds(60);

    private final InstantSource clock;
    private final ProgressListener narrator;
    private final CheckpointStore<R> journal;
    private final Duration timeout;
    private final Instant startedAt;
    private final ExchangeSchedule timetable;
    private final RequestCounter requests;
    private final CurrentState<R> position;
    private final LastStatus lastKnown = new LastStatus();

    private Instant sentAt;
    private boolean somethingSent;
    private boolean ended;
    private ApiException end;

    private OperationSession(
            Checkpoint<R> from,
            Instant deadline,
            InstantSource clock,
            RandomGenerator random,
            ProgressListener narrator,
            CheckpointStore<R> journal) {
        this.position = new CurrentState<>(from.operation());
        this.startedAt = from.startedAt();
        this.timeout = from.timeout();
        this.requests = new RequestCounter(from.requests());
        this.sentAt = from.sentAt();
        this.clock = clock;
        this.timetable = new ExchangeSchedule(new PollBackoff(random), deadline, clock.instant());
        this.narrator = narrator;
        this.journal = journal;
    }

    /** A session that begins. */
    public static <R extends OperationResult> OperationSession<R> start(
            Operation<R> operation,
            Duration timeout,
            InstantSource clock,
            RandomGenerator random,
            ProgressListener narrator,
            CheckpointStore<R> journal) {
        Checkpoint<R> from = Checkpoint.start(operation, timeout, clock.instant());
        return new OperationSession<>(from, from.startedAt().plus(timeout), clock, random, narrator, journal);
    }

    /** A session that goes on where another one, of which nothing but the checkpoint is left, was cut off. */
    public static <R extends OperationResult> OperationSession<R> resume(
            Checkpoint<R> from, InstantSource clock, RandomGenerator random, ProgressListener narrator, CheckpointStore<R> journal) {
        Instant planned = from.startedAt().plus(from.timeout());
        Instant grace = clock.instant().plus(GRACE_AFTER_RESTART);
        OperationSession<R> session = new OperationSession<>(
                from, planned.isAfter(grace) ? planned : grace, clock, random, narrator, journal);
        session.goOn();
        return session;
    }

    private void goOn() {
        somethingSent = requests.own() > 0;
        if (somethingSent) {
            lastKnown.is("Jenkins was restarted after %d requests".formatted(requests.own()));
        }
        if (sentAt == null) {
            narrator.say(position.operation().subject() + ": going on after a restart of Jenkins");
            return;
        }
        narrator.say(position.operation().subject()
                + ": Jenkins was restarted before the answer came, asking what became of the request");
        if (position.turn() instanceof Next.Ask<?, R> ask && ask.lost() != null) {
            position.goTo(ask.lost().apply(new Next.Lost(sentAt)));
        }
        sentAt = null;
    }

    /** What to do now. Asking again without having done it gives the same. */
    public Command<R> next() {
        return next(false);
    }

    private Command<R> next(boolean together) {
        if (end != null) {
            return new Command.Fail<>(end, cancellation());
        }
        Next<R> turn = position.turn();
        if (turn instanceof Next.Done<R> done) {
            return succeed(done.result());
        }
        if (turn instanceof Next.Broken<R> broken) {
            return new Command.Fail<>(broken.problem(), Optional.empty());
        }
        Instant now = clock.instant();
        if (timetable.isOver(now)) {
            end = lastKnown.timedOut(position.operation(), timeout);
            return new Command.Fail<>(end, cancellation());
        }
        if (timetable.isTooEarly(now)) {
            return timetable.pause(Optional.empty());
        }
        if (turn instanceof Next.Wait<R> wait) {
            return pause(wait, now);
        }
        return send((Next.Ask<?, R>) turn, now, together);
    }

    /**
     * The same for who pauses until a poll, where others make theirs now. An exchange whose answer can be found in a list is
     * not counted as a request: {@link #alone()} tells where it is made after all.
     */
    public Command<R> nextInCompany() {
        timetable.joinIn(clock.instant());
        return next(true);
    }

    /** The exchange that was to be made with others' is made alone. */
    public void alone() {
        requests.lastAlone();
        narrator.sent(requests.own());
    }

    private Command<R> succeed(R result) {
        if (!ended) {
            ended = true;
            double seconds = Duration.between(startedAt, clock.instant()).toMillis() / 1000.0;
            narrator.say("%s: %s (%.1f s, %s)%s"
                    .formatted(
                            position.operation().subject(),
                            result.summary(),
                            seconds,
                            requests,
                            result.link().map(page -> " " + page).orElse("")));
        }
        return new Command.Succeed<>(result);
    }

    private Command<R> pause(Next.Wait<R> wait, Instant now) {
        if (lastKnown.isInState(wait.state())) {
            narrator.say(wait.state());
        }
        position.goTo(wait.then());
        timetable.pauseForPoll(now, requests.lastShared());
        return timetable.pause(position.turn().list());
    }

    private <T> Command<R> send(Next.Ask<T, R> ask, Instant now, boolean together) {
        ApiCall<T> call = ask.call();
        requests.add(together && ask.listed().isPresent());
        if (call.idempotency() != Idempotency.IDEMPOTENT) {
            sentAt = now;
            if (!saved()) {
                return new Command.Fail<>(end, cancellation());
            }
        }
        if (!call.request().readOnly() && !timetable.isRetry()) {
            narrator.say("Asking %s to %s".formatted(call.service(), call.purpose()));
        }
        narrator.sent(requests.own());
        return new Command.Send<>(call, ask.listed(), timetable.left(now), outcome -> take(ask, now, outcome));
    }

    private <T> void take(Next.Ask<T, R> ask, Instant sent, Outcome<T> outcome) {
        if (outcome instanceof Outcome.Success<T> answered) {
            answered(ask, answered.value());
        } else if (outcome instanceof Outcome.Failure<T> failed) {
            failed(ask, sent, failed.problem());
        }
    }

    private <T> void answered(Next.Ask<T, R> ask, T value) {
        timetable.answered();
        sentAt = null;
        position.goTo(ask.answered().apply(value));
        if (ask.call().request().readOnly() && position.submits()) {
            // Only what is known not to have been done is submitted again.
            somethingSent = false;
        }
        if (!ask.call().request().readOnly()) {
            somethingSent = true;
            timetable.waitFrom(clock.instant());
            lastKnown.is("%s took the request to %s"
                    .formatted(ask.call().service(), ask.call().purpose()));
            if (!position.isOver()) {
                saved();
            }
        }
    }

    private void failed(Next.Ask<?, R> ask, Instant sent, ApiException problem) {
        lastKnown.is(problem.getMessage());
        sentAt = null;
        boolean mayHaveActed = problem.kind().mayHaveTakenEffect();
        somethingSent |= mayHaveActed && !ask.call().request().readOnly();
        if (mayHaveActed && ask.lost() != null) {
            retryAfter(problem, "asking what became of the request");
            position.goTo(ask.lost().apply(new Next.Lost(sent)));
            saved();
            return;
        }
        Optional<Next.Detour<R>> detour = ask.failed().apply(problem);
        if (detour.isPresent()) {
            take(detour.get(), problem);
            return;
        }
        if (!problem.kind().isRetryable()) {
            end = problem;
            return;
        }
        retryAfter(
                problem,
                mayHaveActed && !ask.call().request().readOnly()
                        ? "sending it again, which is harmless,"
                        : "trying again");
    }

    private void take(Next.Detour<R> detour, ApiException problem) {
        position.goTo(detour.then());
        if (detour.atOnce()) {
            timetable.answered();
            narrator.say(problem.getMessage());
        } else {
            retryAfter(problem, "trying again");
        }
    }

    private void retryAfter(ApiException problem, String whatNext) {
        Optional<Duration> pause = timetable.pauseForRetry(clock.instant(), problem);
        if (pause.isEmpty()) {
            end = problem;
            narrator.say("%s wants to be left alone for %d s, which is longer than the time left"
                    .formatted(
                            problem.service(),
                            problem.retryAfter().orElseThrow().toSeconds()));
            return;
        }
        long seconds = Math.max(1, Math.round(pause.get().toMillis() / 1000.0));
        narrator.say("%s Now %s in %s s".formatted(problem.getMessage(), whatNext, seconds));
    }

    private boolean saved() {
        try {
            journal.save(new Checkpoint<>(position.operation(), startedAt, timeout, sentAt, requests.own()));
            return true;
        } catch (IOException e) {
            end = ApiException.failed(
                    "Jenkins",
                    "remember how far this got",
                    "could not write it down (%s)".formatted(e.getMessage()),
                    "Check the disk of the controller.");
            return false;
        }
    }

    /** What to tell the service when nobody waits for the end any more; empty where it need not know. */
    public Optional<ApiCall<?>> cancellation() {
        return somethingSent || sentAt != null ? position.operation().cancellation() : Optional.empty();
    }

    /** How many requests were sent, lost ones and repeats included, but not those that were made for several operations. */
    public int requests() {
        return requests.own();
    }

    /** How many polls were made with others'. */
    public int sharedPolls() {
        return requests.shared();
    }
}
