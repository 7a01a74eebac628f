package io.jenkins.plugins.cachepurge.operation.scaleway;

import io.jenkins.plugins.cachepurge.client.scaleway.PurgeOrder;
import io.jenkins.plugins.cachepurge.client.scaleway.PurgeRequest;
import io.jenkins.plugins.cachepurge.client.scaleway.PurgeRequestPage;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.operation.Finished;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.Subject;
import io.jenkins.plugins.cachepurge.operation.Turn;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistory;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeRecord;
import java.util.List;
import java.util.stream.Stream;

/** Reads the purge requests of a Scaleway Edge Services pipeline. */
public final class ScalewayHistory {

    private ScalewayHistory() {}

    /** @param limit how many to read at the most, 1 or more */
    public static Operation<PurgeHistory> of(ScalewayClient client, String pipelineId, PurgeOrder order, int limit) {
        return new Reading(client, pipelineId, order, limit, List.of(), Listing.FIRST);
    }

    /** One purge request, by the service's id. */
    public static Operation<PurgeRecord> one(ScalewayClient client, String requestId) {
        return new ReadingOne(client, requestId);
    }

    private static PurgeRecord record(PurgeRequest request) {
        return new PurgeRecord(
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
            PurgeOrder order,
            int limit,
            List<PurgeRecord> read,
            Listing listing)
            implements Operation<PurgeHistory> {

        @Override
        public Subject subject() {
            return new Subject(ScalewayClient.SERVICE, "purge history", "pipeline " + pipelineId);
        }

        @Override
        public Turn<PurgeHistory> turn() {
            int pageSize = Math.min(limit, Listing.PAGE_SIZE);
            return Turn.ask(client.list(pipelineId, order, listing.page(), pageSize), this::add);
        }

        private Operation<PurgeHistory> add(PurgeRequestPage page) {
            List<PurgeRecord> all = Stream.concat(
                            read.stream(), page.requests().stream().map(ScalewayHistory::record))
                    .limit(limit)
                    .toList();
            return all.size() == limit || listing.endsWith(page)
                    ? new Finished<>(subject(), new PurgeHistory(all))
                    : new Reading(client, pipelineId, order, limit, all, listing.after(page));
        }
    }

    private record ReadingOne(ScalewayClient client, String requestId) implements Operation<PurgeRecord> {
        @Override
        public Subject subject() {
            return new Subject(ScalewayClient.SERVICE, "status", "purge request " + requestId);
        }

        @Override
        public Turn<PurgeRecord> turn() {
            return Turn.ask(client.get(requestId), request -> new Finished<>(subject(), record(request)));
        }
    }
}
