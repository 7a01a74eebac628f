package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When the next exchange of a session may be made. Not safe for several threads at once. */
final class ExchangeSchedule {

    private final PollBackoff pace;
    private final Instant deadline;
    private Instant notBefore;
    private Instant notBeforeInCompany;
    private Instant waitingSince;
    private int failuresInARow;

    ExchangeSchedule(PollBackoff pace, Instant deadline, Instant now) {
        this.pace = pace;
        this.deadline = deadline;
        this.notBefore = now;
        this.notBeforeInCompany = now;
        this.waitingSince = now;
    }

    boolean isOver(Instant now) {
        return !now.isBefore(deadline);
    }

    boolean isTooEarly(Instant now) {
        return now.isBefore(notBefore);
    }

    /** Others make their polls now. */
    void joinIn(Instant now) {
        if (isTooEarly(now) && !now.isBefore(notBeforeInCompany)) {
            notBefore = now;
        }
    }

    Duration left(Instant now) {
        return Duration.between(now, deadline);
    }

    /** Something that takes its time begins. */
    void waitFrom(Instant now) {
        waitingSince = now;
    }

    void answered() {
        failuresInARow = 0;
    }

    boolean isRetry() {
        return failuresInARow > 0;
    }

    /** @param together whether the last poll was made with others' */
    void pauseForPoll(Instant now, boolean together) {
        Duration pause = pace.poll(Duration.between(waitingSince, now), Duration.between(notBefore, now), together);
        notBefore = now.plus(pause);
        notBeforeInCompany = now.plus(pace.pollInCompany(pause));
    }

    /** @return empty where the service wants to be left alone until after the deadline */
    Optional<Duration> pauseForRetry(Instant now, ApiException problem) {
        failuresInARow++;
        Duration pause = problem.retryAfter().map(pace::asTold).orElseGet(() -> pace.retry(failuresInARow));
        if (problem.retryAfter().isPresent() && now.plus(pause).isAfter(deadline)) {
            return Optional.empty();
        }
        notBefore = now.plus(pause);
        notBeforeInCompany = notBefore;
        return Optional.of(pause);
    }

    <R extends OperationResult> Command<R> pause(Optional<Object> list) {
        return new Command.Pause<>(
                notBefore.isBefore(deadline) ? notBefore : deadline,
                list.map(one -> new Command.Company(one, notBeforeInCompany)));
    }
}
