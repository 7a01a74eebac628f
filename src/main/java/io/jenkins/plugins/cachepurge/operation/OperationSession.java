package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Repeat;
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
    private final Pace pace;
    private final Narrator narrator;
    private final Journal<R> journal;
    private final Duration timeout;
    private final Instant startedAt;
    private final Instant deadline;

    private Operation<R> operation;
    private Instant notBefore;
    /** When the poll that is paused for may be made with others'; null where it is made alone. */
    private Instant notBeforeInCompany;
    /** Whether the last poll was made with others'. */
    private boolean inCompany;

    private Instant waitingSince;
    private Instant sentAt;
    private String lastKnown = "nothing was sent";
    private String lastState = "";
    private int failuresInARow;
    private int requests;
    /** Polls that were made with others'. */
    private int shared;

    private boolean somethingSent;
    private boolean ended;
    private ApiException end;

    private OperationSession(
            Checkpoint<R> from,
            Instant deadline,
            InstantSource clock,
            RandomGenerator random,
            Narrator narrator,
            Journal<R> journal) {
        this.operation = from.operation();
        this.startedAt = from.startedAt();
        this.timeout = from.timeout();
        this.requests = from.requests();
        this.sentAt = from.sentAt();
        this.deadline = deadline;
        this.clock = clock;
        this.pace = new Pace(random);
        this.narrator = narrator;
        this.journal = journal;
        this.notBefore = clock.instant();
        this.waitingSince = notBefore;
    }

    /** A session that begins. */
    public static <R extends OperationResult> OperationSession<R> start(
            Operation<R> operation,
            Duration timeout,
            InstantSource clock,
            RandomGenerator random,
            Narrator narrator,
            Journal<R> journal) {
        Checkpoint<R> from = Checkpoint.start(operation, timeout, clock.instant());
        return new OperationSession<>(from, from.startedAt().plus(timeout), clock, random, narrator, journal);
    }

    /** A session that goes on where another one, of which nothing but the checkpoint is left, was cut off. */
    public static <R extends OperationResult> OperationSession<R> resume(
            Checkpoint<R> from, InstantSource clock, RandomGenerator random, Narrator narrator, Journal<R> journal) {
        Instant planned = from.startedAt().plus(from.timeout());
        Instant grace = clock.instant().plus(GRACE_AFTER_RESTART);
        OperationSession<R> session = new OperationSession<>(
                from, planned.isAfter(grace) ? planned : grace, clock, random, narrator, journal);
        session.goOn();
        return session;
    }

    private void goOn() {
        somethingSent = requests > 0;
        lastKnown = somethingSent ? "Jenkins was restarted after %d requests".formatted(requests) : lastKnown;
        if (sentAt == null) {
            narrator.say(operation.subject() + ": going on after a restart of Jenkins");
            return;
        }
        narrator.say(operation.subject()
                + ": Jenkins was restarted before the answer came, asking what became of the request");
        if (operation.turn() instanceof Turn.Ask<?, R> ask && ask.lost() != null) {
            operation = ask.lost().apply(new Turn.Lost(sentAt));
        }
        sentAt = null;
    }

    /** What to do now. Asking again without having done it gives the same. */
    public Move<R> next() {
        return next(false);
    }

    private Move<R> next(boolean together) {
        if (end != null) {
            return new Move.Fail<>(end, cancellation());
        }
        Turn<R> turn = operation.turn();
        if (turn instanceof Turn.Done<R> done) {
            return succeed(done.result());
        }
        if (turn instanceof Turn.Broken<R> broken) {
            return new Move.Fail<>(broken.problem(), Optional.empty());
        }
        Instant now = clock.instant();
        if (!now.isBefore(deadline)) {
            String known =
                    operation.soFar().map(soFar -> lastKnown + "; " + soFar).orElse(lastKnown);
            end = ApiException.timedOut(
                    operation.subject().service(), operation.subject().toString(), timeout, known);
            return new Move.Fail<>(end, cancellation());
        }
        if (now.isBefore(notBefore)) {
            return new Move.Pause<>(notBefore.isBefore(deadline) ? notBefore : deadline);
        }
        if (turn instanceof Turn.Wait<R> wait) {
            return pause(wait, now);
        }
        return send((Turn.Ask<?, R>) turn, now, together);
    }

    /**
     * The same for who pauses until a poll, where others make theirs now. An exchange whose answer can be found in a list is
     * not counted as a request: {@link #alone()} tells where it is made after all.
     */
    public Move<R> nextInCompany() {
        Instant now = clock.instant();
        if (notBeforeInCompany != null && !now.isBefore(notBeforeInCompany) && now.isBefore(notBefore)) {
            notBefore = now;
        }
        return next(true);
    }

    /** The exchange that was to be made with others' is made alone. */
    public void alone() {
        inCompany = false;
        shared--;
        requests++;
        narrator.sent(requests);
    }

    private Move<R> succeed(R result) {
        if (!ended) {
            ended = true;
            double seconds = Duration.between(startedAt, clock.instant()).toMillis() / 1000.0;
            narrator.say("%s: %s (%.1f s, %d request%s%s)%s"
                    .formatted(
                            operation.subject(),
                            result.summary(),
                            seconds,
                            requests,
                            requests == 1 ? "" : "s",
                            shared == 0 ? "" : " and %d shared".formatted(shared),
                            result.page().map(page -> " " + page).orElse("")));
        }
        return new Move.Succeed<>(result);
    }

    private Move<R> pause(Turn.Wait<R> wait, Instant now) {
        tellState(wait.state());
        operation = wait.then();
        Duration pause = pace.poll(Duration.between(waitingSince, now), Duration.between(notBefore, now), inCompany);
        notBefore = now.plus(pause);
        Optional<Move.Company> company = company(now.plus(pace.pollInCompany(pause)));
        notBeforeInCompany = company.map(Move.Company::earliest).orElse(null);
        return new Move.Pause<>(notBefore.isBefore(deadline) ? notBefore : deadline, company);
    }

    private Optional<Move.Company> company(Instant earliest) {
        return operation.turn() instanceof Turn.Ask<?, R> ask
                ? ask.listed().map(list -> new Move.Company(list.page().apply(1).request(), earliest))
                : Optional.empty();
    }

    private void tellState(String state) {
        lastKnown = state;
        if (!state.equals(lastState)) {
            lastState = state;
            narrator.say(state);
        }
    }

    private <T> Move<R> send(Turn.Ask<T, R> ask, Instant now, boolean together) {
        ApiCall<T> call = ask.call();
        notBeforeInCompany = null;
        inCompany = together && ask.listed().isPresent();
        if (inCompany) {
            shared++;
        } else {
            requests++;
        }
        if (call.repeat() != Repeat.HARMLESS) {
            sentAt = now;
            if (!saved()) {
                return new Move.Fail<>(end, cancellation());
            }
        }
        if (!call.request().reads() && failuresInARow == 0) {
            narrator.say("Asking %s to %s".formatted(call.service(), call.purpose()));
        }
        narrator.sent(requests);
        return new Move.Send<>(call, ask.listed(), Duration.between(now, deadline), outcome -> take(ask, now, outcome));
    }

    private <T> void take(Turn.Ask<T, R> ask, Instant sent, Outcome<T> outcome) {
        if (outcome instanceof Outcome.Answered<T> answered) {
            answered(ask, answered.value());
        } else if (outcome instanceof Outcome.Failed<T> failed) {
            failed(ask, sent, failed.problem());
        }
    }

    private <T> void answered(Turn.Ask<T, R> ask, T value) {
        failuresInARow = 0;
        sentAt = null;
        operation = ask.answered().apply(value);
        if (ask.call().request().reads() && submits(operation)) {
            // Only what is known not to have been done is submitted again.
            somethingSent = false;
        }
        if (!ask.call().request().reads()) {
            somethingSent = true;
            waitingSince = clock.instant();
            lastKnown = "%s took the request to %s"
                    .formatted(ask.call().service(), ask.call().purpose());
            if (!over()) {
                saved();
            }
        }
    }

    private static boolean submits(Operation<?> operation) {
        return operation.turn() instanceof Turn.Ask<?, ?> ask && ask.lost() != null;
    }

    /** What is over needs no notes: a crash now repeats what is harmless, and asks about what is not. */
    private boolean over() {
        return operation instanceof Finished<R> || operation instanceof FailedOperation<R>;
    }

    private void failed(Turn.Ask<?, R> ask, Instant sent, ApiException problem) {
        lastKnown = withoutFullStop(problem.getMessage());
        sentAt = null;
        boolean mayHaveActed = problem.kind().mayHaveTakenEffect();
        somethingSent |= mayHaveActed && !ask.call().request().reads();
        if (mayHaveActed && ask.lost() != null) {
            retryAfter(problem, "asking what became of the request");
            operation = ask.lost().apply(new Turn.Lost(sent));
            saved();
            return;
        }
        Optional<Turn.Detour<R>> detour = ask.failed().apply(problem);
        if (detour.isPresent()) {
            take(detour.get(), problem);
            return;
        }
        if (!problem.kind().passing()) {
            end = problem;
            return;
        }
        retryAfter(
                problem,
                mayHaveActed && !ask.call().request().reads()
                        ? "sending it again, which is harmless,"
                        : "trying again");
    }

    private void take(Turn.Detour<R> detour, ApiException problem) {
        operation = detour.then();
        if (detour.atOnce()) {
            failuresInARow = 0;
            narrator.say(problem.getMessage());
        } else {
            retryAfter(problem, "trying again");
        }
    }

    private void retryAfter(ApiException problem, String whatNext) {
        failuresInARow++;
        Duration pause = problem.retryAfter().map(pace::asTold).orElseGet(() -> pace.retry(failuresInARow));
        Instant now = clock.instant();
        if (problem.retryAfter().isPresent() && now.plus(pause).isAfter(deadline)) {
            end = problem;
            narrator.say("%s wants to be left alone for %d s, which is longer than the time left"
                    .formatted(problem.service(), problem.retryAfter().get().toSeconds()));
            return;
        }
        notBefore = now.plus(pause);
        narrator.say("%s Now %s in %s s"
                .formatted(problem.getMessage(), whatNext, Math.max(1, Math.round(pause.toMillis() / 1000.0))));
    }

    private boolean saved() {
        try {
            journal.save(new Checkpoint<>(operation, startedAt, timeout, sentAt, requests));
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

    private static String withoutFullStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** What to tell the service when nobody waits for the end any more; empty where it need not know. */
    public Optional<ApiCall<?>> cancellation() {
        return somethingSent || sentAt != null ? operation.cancellation() : Optional.empty();
    }

    /** When the operation began, by the injected clock. */
    public Instant startedAt() {
        return startedAt;
    }

    /** How many requests were sent, lost ones and repeats included, but not those that were made for several operations. */
    public int requests() {
        return requests;
    }

    /** How many polls were made with others'. */
    public int sharedPolls() {
        return shared;
    }
}
