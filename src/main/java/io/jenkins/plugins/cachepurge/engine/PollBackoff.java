package io.jenkins.plugins.cachepurge.engine;

import java.time.Duration;

/**
 * Time from one poll to the next: 1 s at first, then a fifth of the time waited so far, at most 15 s, so that the end is
 * noticed soon after it comes, whether that is after seconds or after an hour. The time that a response takes is part of it.
 */
final class PollBackoff {

    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(15);
    private static final int DIVISOR = 5;
    /** Polls that share a list are cheap, so they come more often. */
    private static final int BATCHED_DIVISOR = 8;

    private PollBackoff() {}

    /**
     * How long to wait before the next poll.
     *
     * @param waited since the service began
     * @param lastPoll how much of that the last poll took
     * @param batched whether a list answered the last poll
     */
    static Duration nextDelay(Duration waited, Duration lastPoll, boolean batched) {
        int divisor = batched ? BATCHED_DIVISOR : DIVISOR;
        if (waited.compareTo(MIN_INTERVAL) < 0) {
            return max(MIN_INTERVAL.minus(waited), interval(MIN_INTERVAL, divisor));
        }
        Duration left = interval(waited.minus(lastPoll), divisor).minus(lastPoll);
        Duration least = interval(waited, divisor).dividedBy(2);
        return max(left, least);
    }

    /** How early a list may answer a poll: a quarter of the delay, so that long waits still poll less often. */
    static Duration earliestBatchDelay(Duration delay) {
        return delay.dividedBy(4);
    }

    private static Duration interval(Duration waited, int divisor) {
        Duration interval = waited.dividedBy(divisor);
        return interval.compareTo(MAX_INTERVAL) < 0 ? interval : MAX_INTERVAL;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
