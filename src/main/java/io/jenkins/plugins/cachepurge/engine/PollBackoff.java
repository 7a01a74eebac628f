package io.jenkins.plugins.cachepurge.engine;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to leave a service alone. Written here and not taken from a library since no plugin that Jenkins offers holds
 * one, and bundling one costs more than these lines.
 *
 * @param random spreads what would otherwise come at the same moment
 */
record PollBackoff(RandomGenerator random) {

    private static final Duration FIRST_POLL = Duration.ofSeconds(1);
    private static final int POLLS_IN_THE_TIME_WAITED = 5;
    private static final int POLLS_IN_COMPANY = 8;
    private static final Duration LONGEST_POLL = Duration.ofSeconds(15);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    private static final int DOUBLINGS = 5;

    /**
     * Until the next poll: a second at first, then a fifth of the time already waited from one poll to the next, so that
     * the end is noticed soon after it comes, whether that is after seconds or after an hour. A service that is slow to
     * answer is not asked more often for that. Those who ask together do so more often, an eighth of the time from one poll
     * to the next: it costs each of them little, and the ends of all of them are noticed at once.
     *
     * @param waited until now
     * @param asking how much of that the last poll took
     * @param inCompany whether that was made with others'
     */
    Duration poll(Duration waited, Duration asking, boolean inCompany) {
        int polls = inCompany ? POLLS_IN_COMPANY : POLLS_IN_THE_TIME_WAITED;
        if (waited.compareTo(FIRST_POLL) < 0) {
            return longer(FIRST_POLL.minus(waited), pollToPoll(FIRST_POLL, polls));
        }
        Duration left = pollToPoll(waited.minus(asking), polls).minus(asking);
        Duration least = pollToPoll(waited, polls).dividedBy(2);
        return longer(left, least);
    }

    /** When the poll may be made where others make theirs: not so early that the old are asked about as often as the young. */
    Duration pollInCompany(Duration poll) {
        return poll.dividedBy(4);
    }

    private static Duration pollToPoll(Duration waited, int polls) {
        return shorter(waited.dividedBy(polls), LONGEST_POLL);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * Until the next try after a failure: exponential, with a random half.
     *
     * @param failures in a row, 1 or more
     */
    Duration retry(int failures) {
        Duration whole = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
        Duration capped = shorter(whole, LONGEST_RETRY);
        return capped.dividedBy(2).plus(part(capped.dividedBy(2)));
    }

    /** Until the next try where the service said when: never earlier, and not everybody at once. */
    Duration asTold(Duration hint) {
        Duration tenth = hint.dividedBy(10);
        return hint.plus(part(tenth.compareTo(FIRST_RETRY) < 0 ? FIRST_RETRY : tenth));
    }

    private Duration part(Duration whole) {
        return Duration.ofMillis(random.nextLong(whole.toMillis() + 1));
    }
}
