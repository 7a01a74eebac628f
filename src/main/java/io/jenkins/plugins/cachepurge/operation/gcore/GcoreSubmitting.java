package io.jenkins.plugins.cachepurge.operation.gcore;

import io.jenkins.plugins.cachepurge.client.gcore.GcoreClient;
import io.jenkins.plugins.cachepurge.client.gcore.GcoreHistoryEntry;
import io.jenkins.plugins.cachepurge.client.gcore.GcoreHistoryPage;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.operation.FailedState;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Some purges were taken; one is to be submitted next.
 *
 * @param attempt 1 for the first, of the purge that is next
 */
record GcoreSubmitting(ResolvedSpec job, List<GcoreSubmittedRequest> taken, int attempt) implements Operation<PurgeResult> {

    private static final int TRIES = 3;

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
        return Next.askOnce(
                job.wish().purge(taken.size()), accepted -> next(GcoreSubmittedRequest.UNSEEN), lost -> new LookingUp(this, 0));
    }

    private Operation<PurgeResult> next(GcoreSubmittedRequest purge) {
        List<GcoreSubmittedRequest> all = Stream.concat(taken.stream(), Stream.of(purge)).toList();
        return all.size() < job.wish().batches().count() ? new GcoreSubmitting(job, all, 1) : GcorePolling.of(job, all);
    }

    /**
     * The answer to a submission never came, but Gcore may have taken it: the history tells. Sending it again would do no
     * harm to the cache, but use up one of the few purges that a minute allows.
     *
     * @param offset how much of the history was read
     */
    record LookingUp(GcoreSubmitting from, int offset) implements Operation<PurgeResult> {

        @Override
        public OperationDescription subject() {
            return from.subject();
        }

        @Override
        public Optional<Serializable> unchanging() {
            return from.unchanging();
        }

        @Override
        public Next<PurgeResult> turn() {
            return Next.ask(from.job().history(offset), this::read);
        }

        private Operation<PurgeResult> read(GcoreHistoryPage page) {
            Optional<GcoreHistoryEntry> found = page.purges().stream()
                    .filter(purge -> from.job().matches(purge, from.taken().size()))
                    .findFirst();
            return found.map(GcoreSubmittedRequest::of).map(from::next).orElseGet(() -> notFound(page));
        }

        private Operation<PurgeResult> notFound(GcoreHistoryPage page) {
            if (!page.last()) {
                return new LookingUp(from, offset + page.purges().size());
            }
            return from.attempt() < TRIES
                    ? new GcoreSubmitting(from.job(), from.taken(), from.attempt() + 1)
                    : new FailedState<>(subject(), givenUp());
        }

        private ApiException givenUp() {
            return ApiException.failed(
                    GcoreClient.SERVICE,
                    from.job().wish().asked(),
                    "gave no usable answer %d times, and knows of no such purge request".formatted(TRIES),
                    "Check the API URL, and try again later.");
        }
    }
}
