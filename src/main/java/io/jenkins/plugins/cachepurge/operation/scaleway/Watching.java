package io.jenkins.plugins.cachepurge.operation.scaleway;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.scaleway.PurgeRequest;
import io.jenkins.plugins.cachepurge.client.scaleway.PurgeRequestPage;
import io.jenkins.plugins.cachepurge.client.scaleway.PurgeRequestStatus;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.operation.FailedOperation;
import io.jenkins.plugins.cachepurge.operation.Listed;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.Subject;
import io.jenkins.plugins.cachepurge.operation.Turn;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All purge requests were taken; some are not over yet. */
record Watching(ScalewayPurge.Wish wish, List<Submitted> requests) implements Operation<PurgeResult> {

    /** Where the requests lead as they are now. */
    static Operation<PurgeResult> of(ScalewayPurge.Wish wish, List<Submitted> requests) {
        boolean failed = requests.stream().anyMatch(request -> request.knownStatus() == PurgeRequestStatus.ERROR);
        boolean over = requests.stream().allMatch(Submitted::ended);
        if (failed && (over || !wish.awaitEnd())) {
            return new FailedOperation<>(wish.subject(), failure(wish, requests));
        }
        return over || !wish.awaitEnd() ? ScalewayPurge.finished(wish, requests) : new Watching(wish, requests);
    }

    private static ApiException failure(ScalewayPurge.Wish wish, List<Submitted> requests) {
        List<String> ids = requests.stream()
                .filter(request -> request.knownStatus() == PurgeRequestStatus.ERROR)
                .map(Submitted::id)
                .toList();
        return ApiException.failed(
                ScalewayClient.SERVICE,
                "purge %s of pipeline %s".formatted(wish.batches().what(), wish.pipelineId()),
                "ended %d of %d purge requests with the status error (%s)"
                        .formatted(ids.size(), requests.size(), shown(ids)),
                "It gives no reason; purge again, or ask its support with the ids.");
    }

    private static String shown(List<String> ids) {
        String some = ids.stream().limit(5).collect(Collectors.joining(", "));
        return ids.size() > 5 ? some + ", …" : some;
    }

    @Override
    public Subject subject() {
        return wish.subject();
    }

    @Override
    public Turn<PurgeResult> turn() {
        return new Turn.Wait<>(subject() + " is " + Submitted.count(requests), poll());
    }

    /** One list call tells of many requests; a single one is asked for by its id. */
    private Operation<PurgeResult> poll() {
        List<String> pending = pending();
        return pending.size() == 1 ? new OneByOne(this, pending) : new ByList(this, pending, Listing.FIRST);
    }

    private List<String> pending() {
        return requests.stream()
                .filter(request -> !request.ended())
                .map(Submitted::id)
                .toList();
    }

    private Watching updated(Collection<PurgeRequest> seen) {
        Map<String, PurgeRequest> byId = byId(seen);
        List<Submitted> now = requests.stream()
                .map(old -> byId.containsKey(old.id()) ? Submitted.of(byId.get(old.id())) : old)
                .toList();
        return new Watching(wish, now);
    }

    private static Map<String, PurgeRequest> byId(Collection<PurgeRequest> seen) {
        return seen.stream()
                .collect(Collectors.toMap(PurgeRequest::id, Function.identity(), (first, second) -> second));
    }

    private Operation<PurgeResult> next() {
        return of(wish, requests);
    }

    /** @param unseen pending requests that no page showed yet */
    record ByList(Watching watching, List<String> unseen, Listing listing) implements Operation<PurgeResult> {

        @Override
        public Subject subject() {
            return watching.subject();
        }

        @Override
        public Turn<PurgeResult> turn() {
            return Turn.ask(watching.wish().newest(listing.page()), this::read);
        }

        private Operation<PurgeResult> read(PurgeRequestPage page) {
            Watching updated = watching.updated(page.requests());
            List<String> left = new ArrayList<>(unseen);
            left.removeAll(page.requests().stream().map(PurgeRequest::id).toList());
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
    record OneByOne(Watching watching, List<String> left) implements Operation<PurgeResult> {

        @Override
        public Subject subject() {
            return watching.subject();
        }

        @Override
        public Turn<PurgeResult> turn() {
            ScalewayPurge.Wish wish = watching.wish();
            String id = left.get(0);
            Listed<PurgeRequest> listed = new Listed<>(
                    new OfPipeline(wish.client(), wish.pipelineId()),
                    id,
                    PurgeRequest.class,
                    page -> wish.newest(page).as(found -> byId(found.requests())));
            return Turn.ask(wish.client().get(id), listed, this::read);
        }

        private Operation<PurgeResult> read(PurgeRequest request) {
            Watching updated = watching.updated(List.of(request));
            return left.size() == 1 ? updated.next() : new OneByOne(updated, List.copyOf(left.subList(1, left.size())));
        }
    }
}
