package io.jenkins.plugins.cachepurge.operation.scaleway;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayPurgeRequest;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayPurgeRequestPage;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayPurgeStatus;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.operation.FailedState;
import io.jenkins.plugins.cachepurge.operation.BatchLookup;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All purge requests were taken; some are not over yet. */
record ScalewayPolling(ScalewayPurge.Spec wish, List<ScalewaySubmittedRequest> requests) implements Operation<PurgeResult> {

    /** Where the requests lead as they are now. */
    static Operation<PurgeResult> of(ScalewayPurge.Spec wish, List<ScalewaySubmittedRequest> requests) {
        boolean failed = requests.stream().anyMatch(request -> request.knownStatus() == ScalewayPurgeStatus.ERROR);
        boolean over = requests.stream().allMatch(ScalewaySubmittedRequest::ended);
        if (failed && (over || !wish.waitForCompletion())) {
            return new FailedState<>(wish.subject(), failure(wish, requests));
        }
        return over || !wish.waitForCompletion() ? ScalewayPurge.finished(wish, requests) : new ScalewayPolling(wish, requests);
    }

    private static ApiException failure(ScalewayPurge.Spec wish, List<ScalewaySubmittedRequest> requests) {
        List<String> ids = requests.stream()
                .filter(request -> request.knownStatus() == ScalewayPurgeStatus.ERROR)
                .map(ScalewaySubmittedRequest::id)
                .toList();
        return ApiException.failed(
                ScalewayClient.SERVICE,
                "purge %s of pipeline %s".formatted(wish.batches().selection(), wish.pipelineId()),
                "ended %d of %d purge requests with the status error (%s)"
                        .formatted(ids.size(), requests.size(), shown(ids)),
                "It gives no reason; purge again, or ask its support with the ids.");
    }

    private static String shown(List<String> ids) {
        String some = ids.stream().limit(5).collect(Collectors.joining(", "));
        return ids.size() > 5 ? some + ", …" : some;
    }

    @Override
    public OperationDescription subject() {
        return wish.subject();
    }

    @Override
    public Next<PurgeResult> turn() {
        return new Next.Wait<>(subject() + " is " + ScalewaySubmittedRequest.count(requests), poll());
    }

    /** One list call tells of many requests; a single one is asked for by its id. */
    private Operation<PurgeResult> poll() {
        List<String> pending = pending();
        return pending.size() == 1 ? new OneByOne(this, pending) : new ByList(this, pending, PageCursor.FIRST);
    }

    private List<String> pending() {
        return requests.stream()
                .filter(request -> !request.ended())
                .map(ScalewaySubmittedRequest::id)
                .toList();
    }

    private ScalewayPolling updated(Collection<ScalewayPurgeRequest> seen) {
        Map<String, ScalewayPurgeRequest> byId = byId(seen);
        List<ScalewaySubmittedRequest> now = requests.stream()
                .map(old -> byId.containsKey(old.id()) ? ScalewaySubmittedRequest.of(byId.get(old.id())) : old)
                .toList();
        return new ScalewayPolling(wish, now);
    }

    private static Map<String, ScalewayPurgeRequest> byId(Collection<ScalewayPurgeRequest> seen) {
        return seen.stream()
                .collect(Collectors.toMap(ScalewayPurgeRequest::id, Function.identity(), (first, second) -> second));
    }

    private Operation<PurgeResult> next() {
        return of(wish, requests);
    }

    /** @param unseen pending requests that no page showed yet */
    record ByList(ScalewayPolling watching, List<String> unseen, PageCursor listing) implements Operation<PurgeResult> {

        @Override
        public OperationDescription subject() {
            return watching.subject();
        }

        @Override
        public Next<PurgeResult> turn() {
            return Next.ask(watching.wish().newest(listing.page()), this::read);
        }

        private Operation<PurgeResult> read(ScalewayPurgeRequestPage page) {
            ScalewayPolling updated = watching.updated(page.requests());
            List<String> left = new ArrayList<>(unseen);
            left.removeAll(page.requests().stream().map(ScalewayPurgeRequest::id).toList());
            if (left.isEmpty()) {
                return updated.next();
            }
            return listing.endsWith(page)
                    ? new OneByOne(updated, List.copyOf(left))
                    : new ByList(updated, List.copyOf(left), listing.after(page));
        }
    }

    /** Where purge requests are listed. */
    private record OfPipeline(ScalewayClient client, String pipelineId) {}

    /** @param left ids to ask for, at least one */
    record OneByOne(ScalewayPolling watching, List<String> left) implements Operation<PurgeResult> {

        @Override
        public OperationDescription subject() {
            return watching.subject();
        }

        @Override
        public Next<PurgeResult> turn() {
            ScalewayPurge.Spec wish = watching.wish();
            String id = left.get(0);
            BatchLookup<ScalewayPurgeRequest> listed = new BatchLookup<>(
                    new OfPipeline(wish.client(), wish.pipelineId()),
                    id,
                    ScalewayPurgeRequest.class,
                    page -> wish.newest(page).map(found -> byId(found.requests())));
            return Next.ask(wish.client().get(id), listed, this::read);
        }

        private Operation<PurgeResult> read(ScalewayPurgeRequest request) {
            ScalewayPolling updated = watching.updated(List.of(request));
            return left.size() == 1 ? updated.next() : new OneByOne(updated, List.copyOf(left.subList(1, left.size())));
        }
    }
}
