package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.operation.BatchLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Polls of several operations that one list answers, page by page as long as enough of them are left. The others are sent
 * singly, and so are all if the list cannot be read.
 */
final class BatchPoll {

    /** A page is longer than the response to a poll, so fewer polls are sent singly. */
    static final int MIN_BATCH_SIZE = 4;

    private final AsyncDriver.Dependencies dependencies;
    private final SignerProvider signers;
    private final List<Member<?>> members = new ArrayList<>();
    /** How many have to be left for another page: twice as many after each page that answered none. */
    private int minForNextPage = MIN_BATCH_SIZE;

    /**
     * A list that answers polls.
     *
     * @param dependencies of one of the operations
     * @param signers of all of them
     */
    BatchPoll(AsyncDriver.Dependencies dependencies, SignerProvider signers) {
        this.dependencies = dependencies;
        this.signers = signers;
    }

    /**
     * One operation's poll.
     *
     * @param singly sends it by itself
     */
    private record Member<T>(BatchLookup<T> lookup, Consumer<Outcome<T>> receiver, Runnable singly) {

        boolean answer(Map<String, ?> page) {
            Object found = page.get(lookup.id());
            if (found == null) {
                return false;
            }
            receiver.accept(new Outcome.Success<>(lookup.type().cast(found)));
            return true;
        }

        void fail(ApiException problem) {
            receiver.accept(new Outcome.Failure<>(problem));
        }
    }

    <T> void add(BatchLookup<T> lookup, Consumer<Outcome<T>> receiver, Runnable singly) {
        members.add(new Member<>(lookup, receiver, singly));
    }

    /** Sends the polls that were added. */
    void send() {
        if (members.size() < MIN_BATCH_SIZE) {
            sendSingly();
        } else {
            lookUp(members.get(0).lookup().page(), 1);
        }
    }

    private <T> void lookUp(IntFunction<ApiCall<Map<String, T>>> list, int page) {
        try {
            dependencies
                    .tokens()
                    .authenticate(
                            signers.authentication(), signers.credentialId(), outcome -> use(list, page, outcome));
        } catch (CredentialsException | RuntimeException e) {
            sendSingly();
        }
    }

    private <T> void use(IntFunction<ApiCall<Map<String, T>>> list, int page, Outcome<Signer> outcome) {
        if (outcome instanceof Outcome.Success<Signer> success) {
            awaitPermit(list, page, success.value());
        } else {
            sendSingly();
        }
    }

    private <T> void awaitPermit(IntFunction<ApiCall<Map<String, T>>> list, int page, Signer signer) {
        ApiCall<Map<String, T>> call = list.apply(page);
        Quota quota = dependencies.quotas().of(call, signers.credentialId());
        quota.await(dependencies.quotas().spec(call), permit -> {
            Cancellable unused = dependencies.timer().scheduleOrDrop(ReservedPermit.MAX_UNUSED, permit::giveBack);
            execute(() -> {
                unused.cancel();
                if (!permit.isUsable()) {
                    permit.giveBack();
                    awaitPermit(list, page, signer);
                } else {
                    send(list, page, call, signer, permit);
                }
            });
        });
    }

    private void execute(Runnable task) {
        try {
            dependencies.executor().execute(task);
        } catch (RejectedExecutionException e) {
            // Jenkins stops: after that each operation goes on from its checkpoint.
            members.clear();
        }
    }

    private <T> void send(
            IntFunction<ApiCall<Map<String, T>>> list,
            int page,
            ApiCall<Map<String, T>> call,
            Signer signer,
            Quota.Permit permit) {
        try {
            dependencies.transport().send(call, signer, HttpLimits.EXCHANGE_TIMEOUT, outcome -> {
                permit.report(outcome);
                permit.release();
                execute(() -> read(list, page, outcome));
            });
        } catch (RuntimeException e) {
            permit.giveBack();
            sendSingly();
        }
    }

    private <T> void read(IntFunction<ApiCall<Map<String, T>>> list, int page, Outcome<Map<String, T>> outcome) {
        if (outcome instanceof Outcome.Success<Map<String, T>> success) {
            if (isNextPageWorthwhile(success.value())) {
                lookUp(list, page + 1);
                return;
            }
        } else if (outcome instanceof Outcome.Failure<Map<String, T>> failure
                && failure.problem().kind() != ApiException.Kind.SERVER_ERROR
                && failure.problem().kind().isRetryable()) {
            members.forEach(member -> member.fail(failure.problem()));
            return;
        }
        sendSingly();
    }

    /** Others may have sent so many newer requests that a page, or several, hold nothing else. */
    private boolean isNextPageWorthwhile(Map<String, ?> page) {
        boolean answered = members.removeIf(member -> member.answer(page));
        minForNextPage = answered ? MIN_BATCH_SIZE : minForNextPage * 2;
        return !page.isEmpty() && members.size() >= minForNextPage;
    }

    private void sendSingly() {
        members.forEach(member -> member.singly().run());
    }
}
