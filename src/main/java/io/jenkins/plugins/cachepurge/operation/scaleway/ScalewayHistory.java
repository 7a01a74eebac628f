package io.jenkins.plugins.cachepurge.operation.scaleway;

import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayPurgeRequest;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayPurgeRequestPage;
import io.jenkins.plugins.cachepurge.client.scaleway.SortOrder;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.OperationKind;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryEntry;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryResult;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reading of the purge requests of a Scaleway Edge Services pipeline.
 *
 * @param limit how many to read at most, 1 or more
 */
public record ScalewayHistory(ScalewayClient client, String pipelineId, SortOrder order, int limit) {

    /** The latest purge requests. */
    public Operation<ScalewayHistory, PurgeHistoryResult> operation() {
        return Operation.of(
                new OperationDescription(
                        ScalewayClient.SERVICE,
                        OperationKind.PURGE_HISTORY,
                        LocalizedText.of("target.pipeline", pipelineId)),
                this,
                new ReadingPages(List.of(), PageCursor.FIRST));
    }

    /** One purge request, by the service's id. */
    public static Operation<?, PurgeHistoryEntry> one(ScalewayClient client, String requestId) {
        return Operation.ofCall(
                new OperationDescription(
                        ScalewayClient.SERVICE,
                        OperationKind.STATUS,
                        LocalizedText.of("target.purgeRequest", requestId)),
                client.get(requestId).map(ScalewayHistory::entry));
    }

    private static PurgeHistoryEntry entry(ScalewayPurgeRequest request) {
        return new PurgeHistoryEntry(
                request.id(),
                request.status(),
                request.all(),
                request.assets().size(),
                request.createdAt(),
                request.updatedAt());
    }

    private record ReadingPages(List<PurgeHistoryEntry> read, PageCursor cursor)
            implements State<ScalewayHistory, PurgeHistoryResult> {

        @Override
        public Next<ScalewayHistory, PurgeHistoryResult> next(ScalewayHistory spec) {
            int pageSize = Math.min(spec.limit(), PageCursor.PAGE_SIZE);
            return Next.exchange(
                    spec.client().list(spec.pipelineId(), spec.order(), cursor.page(), pageSize),
                    page -> add(spec.limit(), page));
        }

        private State<ScalewayHistory, PurgeHistoryResult> add(int limit, ScalewayPurgeRequestPage page) {
            List<PurgeHistoryEntry> all = Stream.concat(
                            read.stream(), page.requests().stream().map(ScalewayHistory::entry))
                    .limit(limit)
                    .toList();
            return all.size() == limit || cursor.endsWith(page)
                    ? new SucceededState<>(new PurgeHistoryResult(all))
                    : new ReadingPages(all, cursor.after(page));
        }
    }
}
