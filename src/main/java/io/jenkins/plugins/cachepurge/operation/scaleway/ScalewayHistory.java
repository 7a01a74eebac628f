package io.jenkins.plugins.cachepurge.operation.scaleway;

import io.jenkins.plugins.cachepurge.client.scaleway.SortOrder;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayPurgeRequest;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayPurgeRequestPage;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistory;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryEntry;
import java.util.List;
import java.util.stream.Stream;

/** Reads the purge requests of a Scaleway Edge Services pipeline. */
public final class ScalewayHistory {

    private ScalewayHistory() {}

    /** @param limit how many to read at the most, 1 or more */
    public static Operation<PurgeHistory> of(ScalewayClient client, String pipelineId, SortOrder order, int limit) {
        return new Reading(client, pipelineId, order, limit, List.of(), PageCursor.FIRST);
    }

    /** One purge request, by the service's id. */
    public static Operation<PurgeHistoryEntry> one(ScalewayClient client, String requestId) {
        return new ReadingOne(client, requestId);
    }

    private static PurgeHistoryEntry record(ScalewayPurgeRequest request) {
        return new PurgeHistoryEntry(
                request.id(),
                request.status(),
                request.all(),
                request.assets().size(),
                request.createdAt(),
                request.updatedAt());
    }

    private record Reading(
            ScalewayClient client,
            String pipelineId,
            SortOrder order,
            int limit,
            List<PurgeHistoryEntry> read,
            PageCursor listing)
            implements Operation<PurgeHistory> {

        @Override
        public OperationDescription subject() {
            return new OperationDescription(ScalewayClient.SERVICE, "purge history", "pipeline " + pipelineId);
        }

        @Override
        public Next<PurgeHistory> turn() {
            int pageSize = Math.min(limit, PageCursor.PAGE_SIZE);
            return Next.ask(client.list(pipelineId, order, listing.page(), pageSize), this::add);
        }

        private Operation<PurgeHistory> add(ScalewayPurgeRequestPage page) {
            List<PurgeHistoryEntry> all = Stream.concat(
                            read.stream(), page.requests().stream().map(ScalewayHistory::record))
                    .limit(limit)
                    .toList();
            return all.size() == limit || listing.endsWith(page)
                    ? new SucceededState<>(subject(), new PurgeHistory(all))
                    : new Reading(client, pipelineId, order, limit, all, listing.after(page));
        }
    }

    private record ReadingOne(ScalewayClient client, String requestId) implements Operation<PurgeHistoryEntry> {
        @Override
        public OperationDescription subject() {
            return new OperationDescription(ScalewayClient.SERVICE, "status", "purge request " + requestId);
        }

        @Override
        public Next<PurgeHistoryEntry> turn() {
            return Next.ask(client.get(requestId), request -> new SucceededState<>(subject(), record(request)));
        }
    }
}
