package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.PluginLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When the next exchange of a part may be sent. Not safe for several threads. */
final class ExchangeSchedule {

    private final RetryPolicy retryPolicy;
    private Instant notBefore;
    private Instant notBeforeInBatch;
    private Instant waitingSince;
    private int attempts;
    private ApiException.Kind lastKind;
    private int attemptsOfLastKind;

    ExchangeSchedule(RetryPolicy retryPolicy, Instant now) {
        this.retryPolicy = retryPolicy;
        this.notBefore = now;
        this.notBeforeInBatch = now;
        this.waitingSince = now;
    }

    Instant notBefore() {
        return notBefore;
    }

    Instant notBeforeInBatch() {
        return notBeforeInBatch;
    }

    boolean isTooEarly(Instant now) {
        return now.isBefore(notBefore);
    }

    /** Others send their poll now: this one may be part of it. */
    void joinBatch(Instant now) {
        if (isTooEarly(now) && !now.isBefore(notBeforeInBatch)) {
            notBefore = now;
        }
    }

    /** The service begins something that takes time. */
    void startWaiting(Instant now) {
        waitingSince = now;
    }

    void resetAttempts() {
        attempts = 0;
        lastKind = null;
        attemptsOfLastKind = 0;
    }

    int attempts() {
        return attempts;
    }

    /**
     * Whether a failed exchange may be sent again; only the last attempts that failed in the same way count.
     *
     * @param reached whether the host has been found before: an address that it lost may come back
     */
    boolean allowsRetry(ApiException problem, boolean reached) {
        if (reached && problem.kind() == ApiException.Kind.UNKNOWN_HOST) {
            return true;
        }
        return attempts(problem.kind()) + 1 < problem.kind().maxAttempts();
    }

    private int attempts(ApiException.Kind kind) {
        return kind == lastKind ? attemptsOfLastKind : 0;
    }

    /**
     * Whether a pause before a poll is over; if it has no end of its own, it is, and the poll is not ready before its time.
     *
     * @param until the time that the service named; empty if it named none
     * @param batched whether a list answered the last poll
     */
    boolean isWaitOver(Optional<Instant> until, Instant now, boolean batched) {
        if (until.isEmpty()) {
            waitForPoll(now, batched);
            return true;
        }
        boolean over = !now.isBefore(until.get());
        if (!over) {
            notBefore = until.get();
            notBeforeInBatch = until.get();
        }
        return over;
    }

    private void waitForPoll(Instant now, boolean batched) {
        Duration delay =
                PollBackoff.nextDelay(Duration.between(waitingSince, now), Duration.between(notBefore, now), batched);
        notBefore = now.plus(delay);
        notBeforeInBatch = now.plus(PollBackoff.earliestBatchDelay(delay));
    }

    /** Counts a failed attempt, and waits before the next one. */
    Duration waitForRetry(Instant now, ApiException problem) {
        attempts++;
        attemptsOfLastKind = attempts(problem.kind()) + 1;
        lastKind = problem.kind();
        Duration delay = retryPolicy.delay(attempts, problem);
        notBefore = now.plus(delay);
        notBeforeInBatch = notBefore;
        PluginLog.fine(() -> "%s: retry %d in %d ms after %s"
                .formatted(problem.service(), attempts, delay.toMillis(), problem.kind()));
        return delay;
    }
}
