package io.jenkins.plugins.cachepurge.operation.gcore;

import io.jenkins.plugins.cachepurge.client.gcore.GcoreClient;
import io.jenkins.plugins.cachepurge.client.gcore.PurgeState;
import io.jenkins.plugins.cachepurge.client.gcore.PurgeStatus;
import io.jenkins.plugins.cachepurge.client.gcore.PurgeStatusPage;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.operation.FailedOperation;
import io.jenkins.plugins.cachepurge.operation.Finished;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.Subject;
import io.jenkins.plugins.cachepurge.operation.Turn;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All purges were taken; some are not over yet. */
record Watching(Job job, List<Submitted> requests) implements Operation<PurgeResult> {

    /** Where the purges lead as they are now. */
    static Operation<PurgeResult> of(Job job, List<Submitted> requests) {
        boolean failed = requests.stream().anyMatch(request -> request.state() == PurgeState.FAILED);
        boolean over = requests.stream().allMatch(request -> request.state().ended())
                || !job.wish().awaitEnd();
        if (failed && over) {
            return new FailedOperation<>(job.wish().subject(), failure(job, requests));
        }
        return over ? new Finished<>(job.wish().subject(), job.result(requests)) : new Watching(job, requests);
    }

    private static ApiException failure(Job job, List<Submitted> requests) {
        List<String> ids = requests.stream()
                .filter(request -> request.state() == PurgeState.FAILED)
                .map(Submitted::id)
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
    public Subject subject() {
        return job.wish().subject();
    }

    @Override
    public Optional<Serializable> unchanging() {
        return Optional.of(job.wish().what());
    }

    @Override
    public Turn<PurgeResult> turn() {
        return new Turn.Wait<>(subject() + " is " + Submitted.count(requests), new Looking(job, unended(), 0));
    }

    /** What has not ended is looked at afresh. */
    private List<Submitted> unended() {
        return requests.stream()
                .map(request ->
                        request.state().ended() && request.state() != PurgeState.FAILED ? request : Submitted.UNSEEN)
                .toList();
    }

    /**
     * @param seen as the history has them as far as it was read
     * @param offset how much of it was read
     */
    record Looking(Job job, List<Submitted> seen, int offset) implements Operation<PurgeResult> {

        @Override
        public Subject subject() {
            return job.wish().subject();
        }

        @Override
        public Optional<Serializable> unchanging() {
            return Optional.of(job.wish().what());
        }

        @Override
        public Turn<PurgeResult> turn() {
            return Turn.ask(job.history(offset), this::read);
        }

        private Operation<PurgeResult> read(PurgeStatusPage page) {
            List<Submitted> now = new ArrayList<>(seen);
            for (PurgeStatus purge : page.purges()) {
                for (int batch = 0; batch < now.size(); batch++) {
                    if (job.matches(purge, batch)) {
                        now.set(batch, now.get(batch).orBetter(Submitted.of(purge)));
                    }
                }
            }
            return page.last()
                    ? of(job, List.copyOf(now))
                    : new Looking(job, List.copyOf(now), offset + page.purges().size());
        }
    }
}
