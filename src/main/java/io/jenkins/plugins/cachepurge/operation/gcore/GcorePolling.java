package io.jenkins.plugins.cachepurge.operation.gcore;

import io.jenkins.plugins.cachepurge.client.gcore.GcoreClient;
import io.jenkins.plugins.cachepurge.client.gcore.GcorePurgeState;
import io.jenkins.plugins.cachepurge.client.gcore.GcoreHistoryEntry;
import io.jenkins.plugins.cachepurge.client.gcore.GcoreHistoryPage;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.operation.FailedState;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All purges were taken; some are not over yet. */
record GcorePolling(ResolvedSpec job, List<GcoreSubmittedRequest> requests) implements Operation<PurgeResult> {

    /** Where the purges lead as they are now. */
    static Operation<PurgeResult> of(ResolvedSpec job, List<GcoreSubmittedRequest> requests) {
        boolean failed = requests.stream().anyMatch(request -> request.state() == GcorePurgeState.FAILED);
        boolean over = requests.stream().allMatch(request -> request.state().ended())
                || !job.wish().awaitEnd();
        if (failed && over) {
            return new FailedState<>(job.wish().subject(), failure(job, requests));
        }
        return over ? new SucceededState<>(job.wish().subject(), job.result(requests)) : new GcorePolling(job, requests);
    }

    private static ApiException failure(ResolvedSpec job, List<GcoreSubmittedRequest> requests) {
        List<String> ids = requests.stream()
                .filter(request -> request.state() == GcorePurgeState.FAILED)
                .map(GcoreSubmittedRequest::id)
                .toList();
        String some = ids.stream().limit(5).collect(Collectors.joining(", "));
        return ApiException.failed(
                GcoreClient.SERVICE,
                job.wish().asked(),
                "ended %d of %d purges with the status Failed (%s)"
                        .formatted(ids.size(), requests.size(), ids.size() > 5 ? some + ", …" : some),
                "It gives no reason; purge again, or ask its support with the ids.");
    }

    @Override
    public OperationDescription subject() {
        return job.wish().subject();
    }

    @Override
    public Optional<Serializable> unchanging() {
        return Optional.of(job.wish().what());
    }

    @Override
    public Next<PurgeResult> turn() {
        return new Next.Wait<>(subject() + " is " + GcoreSubmittedRequest.count(requests), new Looking(job, unended(), 0));
    }

    /** What has not ended is looked at afresh. */
    private List<GcoreSubmittedRequest> unended() {
        return requests.stream()
                .map(request ->
                        request.state().ended() && request.state() != GcorePurgeState.FAILED ? request : GcoreSubmittedRequest.UNSEEN)
                .toList();
    }

    /**
     * @param seen as the history has them as far as it was read
     * @param offset how much of it was read
     */
    record Looking(ResolvedSpec job, List<GcoreSubmittedRequest> seen, int offset) implements Operation<PurgeResult> {

        @Override
        public OperationDescription subject() {
            return job.wish().subject();
        }

        @Override
        public Optional<Serializable> unchanging() {
            return Optional.of(job.wish().what());
        }

        @Override
        public Next<PurgeResult> turn() {
            return Next.ask(job.history(offset), this::read);
        }

        private Operation<PurgeResult> read(GcoreHistoryPage page) {
            List<GcoreSubmittedRequest> now = new ArrayList<>(seen);
            for (GcoreHistoryEntry purge : page.purges()) {
                for (int batch = 0; batch < now.size(); batch++) {
                    if (job.matches(purge, batch)) {
                        now.set(batch, now.get(batch).orBetter(GcoreSubmittedRequest.of(purge)));
                    }
                }
            }
            return page.last()
                    ? of(job, List.copyOf(now))
                    : new Looking(job, List.copyOf(now), offset + page.purges().size());
        }
    }
}
