package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.operation.BatchLookup;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Polls of several operations, made with one list: page by page as long as enough of them are left. The others are made one
 * by one, and so are all of them where the list cannot be had.
 */
final class BatchPoll {

    /** A page is longer than the answer to a poll, so fewer polls are made one by one. */
    static final int WORTH_A_PAGE = 4;

    private final AsyncDriver.Tools tools;
    private final List<Poll<?>> polls = new ArrayList<>();
    /** How many polls have to be left for another page: twice as many after each one that told of none of them. */
    private int worthAnother = WORTH_A_PAGE;

    /** @param tools of one of the operations, with the same authenticator as all of them */
    BatchPoll(AsyncDriver.Tools tools) {
        this.tools = tools;
    }

    /**
     * One operation's poll.
     *
     * @param alone makes it by itself
     */
    private record Poll<T>(BatchLookup<T> listed, Consumer<Outcome<T>> receiver, Runnable alone) {

        boolean answered(Map<String, ?> page) {
            Object found = page.get(listed.id());
            if (found == null) {
                return false;
            }
            receiver.accept(new Outcome.Success<>(listed.type().cast(found)));
            return true;
        }

        void failed(ApiException problem) {
            receiver.accept(new Outcome.Failure<>(problem));
        }
    }

    <T> void add(BatchLookup<T> listed, Consumer<Outcome<T>> receiver, Runnable alone) {
        polls.add(new Poll<>(listed, receiver, alone));
    }

    /** Makes the polls that were added. */
    void send() {
        if (polls.size() < WORTH_A_PAGE) {
            oneByOne();
        } else {
            send(polls.get(0).listed().page(), 1);
        }
    }

    private <T> void send(IntFunction<ApiCall<Map<String, T>>> list, int page) {
        try {
            tools.exchanges()
                    .send(
                            list.apply(page),
                            tools.authenticator().signer(),
                            HttpLimits.EXCHANGE_TIMEOUT,
                            outcome -> read(list, page, outcome));
        } catch (CredentialsException | RuntimeException e) {
            oneByOne();
        }
    }

    private <T> void read(IntFunction<ApiCall<Map<String, T>>> list, int page, Outcome<Map<String, T>> outcome) {
        if (outcome instanceof Outcome.Success<Map<String, T>> answered) {
            if (isWorthAnother(answered.value())) {
                send(list, page + 1);
                return;
            }
        } else if (outcome instanceof Outcome.Failure<Map<String, T>> failed
                && failed.problem().kind().isRetryable()) {
            polls.forEach(poll -> poll.failed(failed.problem()));
            return;
        }
        oneByOne();
    }

    /** Others may have made so many newer requests that a page, or several, hold nothing else. */
    private boolean isWorthAnother(Map<String, ?> page) {
        boolean told = polls.removeIf(poll -> poll.answered(page));
        worthAnother = told ? WORTH_A_PAGE : worthAnother * 2;
        return !page.isEmpty() && polls.size() >= worthAnother;
    }

    private void oneByOne() {
        polls.forEach(poll -> tools.worker().execute(poll.alone()));
    }
}
