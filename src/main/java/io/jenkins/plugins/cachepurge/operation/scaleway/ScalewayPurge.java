package io.jenkins.plugins.cachepurge.operation.scaleway;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayPurgeRequest;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayPurgeRequestPage;
import io.jenkins.plugins.cachepurge.client.scaleway.SortOrder;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.BatchLookup;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PolledPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeTally;
import io.jenkins.plugins.cachepurge.operation.purge.SubmittedRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Purge of a Scaleway Edge Services pipeline: submits the purge requests, then polls them until none is pending.
 *
 * @param waitsForCompletion whether to wait until the service is done
 */
public record ScalewayPurge(ScalewayClient client, String pipelineId, Batches batches, boolean waitsForCompletion)
        implements PolledPurge<ScalewayPurge> {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "scaleway";

    /** The spec is the purge. */
    private record Itself() implements Source<ScalewayPurge> {
        @Override
        public PolledPurge<ScalewayPurge> purge(ScalewayPurge spec) {
            return spec;
        }
    }

    /** The purge as an operation. */
    public Operation<ScalewayPurge, PurgeResult> operation() {
        return Operation.of(description(), this, PolledPurge.start(new Itself()));
    }

    @Override
    public OperationDescription description() {
        return OperationDescription.purge(ScalewayClient.SERVICE, LocalizedText.of("target.pipeline", pipelineId));
    }

    @Override
    public PurgeSelection selection() {
        return batches.selection();
    }

    @Override
    public int requestCount() {
        return batches.count();
    }

    @Override
    public int valueCount(int index) {
        return batches.size(index);
    }

    @Override
    public ApiCall<SubmittedRequest> submit(int index) {
        ApiCall<ScalewayPurgeRequest> call =
                selection().isAll() ? client.purgeAll(pipelineId) : client.purge(pipelineId, batches.batch(index));
        return call.map(ScalewayPurge::submitted);
    }

    private static SubmittedRequest submitted(ScalewayPurgeRequest request) {
        return new SubmittedRequest(request.id(), request.status(), request.remoteStatus());
    }

    @Override
    public PurgeResult result(String status, PurgeTally tally) {
        return new PurgeResult(PROVIDER, pipelineId, status, selection(), tally);
    }

    /** A list request reads many; a single one is read by its id. */
    @Override
    public State<ScalewayPurge, PurgeResult> poll(List<SubmittedRequest> requests) {
        List<String> pending = requests.stream()
                .filter(request -> !request.meaning().hasEnded())
                .map(SubmittedRequest::id)
                .toList();
        return pending.size() == 1
                ? new PollingEach(requests, pending)
                : new PollingList(requests, pending, PageCursor.FIRST);
    }

    private ApiCall<ScalewayPurgeRequestPage> newest(int page) {
        return client.list(pipelineId, SortOrder.NEWEST_FIRST, page, PageCursor.PAGE_SIZE);
    }

    private State<ScalewayPurge, PurgeResult> after(List<SubmittedRequest> requests) {
        return PolledPurge.after(new Itself(), this, requests);
    }

    private static List<SubmittedRequest> updated(
            List<SubmittedRequest> requests, Collection<ScalewayPurgeRequest> seen) {
        Map<String, ScalewayPurgeRequest> byId = byId(seen);
        return requests.stream()
                .map(old -> byId.containsKey(old.id()) ? submitted(byId.get(old.id())) : old)
                .toList();
    }

    private static Map<String, ScalewayPurgeRequest> byId(Collection<ScalewayPurgeRequest> seen) {
        return seen.stream()
                .collect(Collectors.toMap(ScalewayPurgeRequest::id, Function.identity(), (first, second) -> second));
    }

    /**
     * Reads the list of purge requests page by page.
     *
     * @param unseen pending requests that no page has had yet
     */
    private record PollingList(List<SubmittedRequest> requests, List<String> unseen, PageCursor cursor)
            implements State<ScalewayPurge, PurgeResult> {

        @Override
        public Next<ScalewayPurge, PurgeResult> next(ScalewayPurge purge) {
            return Next.exchange(purge.newest(cursor.page()), page -> read(purge, page));
        }

        private State<ScalewayPurge, PurgeResult> read(ScalewayPurge purge, ScalewayPurgeRequestPage page) {
            List<SubmittedRequest> updated = updated(requests, page.requests());
            List<String> left = new ArrayList<>(unseen);
            left.removeAll(
                    page.requests().stream().map(ScalewayPurgeRequest::id).collect(Collectors.toSet()));
            if (left.isEmpty()) {
                return purge.after(updated);
            }
            return cursor.endsWith(page)
                    ? new PollingEach(updated, List.copyOf(left))
                    : new PollingList(updated, List.copyOf(left), cursor.after(page));
        }
    }

    /** Key of a list that can answer several polls. */
    private record PipelineListKey(ScalewayClient client, String pipelineId) {}

    /**
     * Reads purge requests by their ids.
     *
     * @param left ids to read, at least one
     */
    private record PollingEach(List<SubmittedRequest> requests, List<String> left)
            implements State<ScalewayPurge, PurgeResult> {

        @Override
        public Next<ScalewayPurge, PurgeResult> next(ScalewayPurge purge) {
            String id = left.get(0);
            BatchLookup<ScalewayPurgeRequest> lookup = new BatchLookup<>(
                    new PipelineListKey(purge.client(), purge.pipelineId()),
                    id,
                    ScalewayPurgeRequest.class,
                    page -> purge.newest(page).map(found -> byId(found.requests())));
            return Next.exchange(purge.client().get(id), lookup, request -> read(purge, request));
        }

        private State<ScalewayPurge, PurgeResult> read(ScalewayPurge purge, ScalewayPurgeRequest request) {
            List<SubmittedRequest> updated = updated(requests, List.of(request));
            return left.size() == 1
                    ? purge.after(updated)
                    : new PollingEach(updated, List.copyOf(left.subList(1, left.size())));
        }
    }
}
