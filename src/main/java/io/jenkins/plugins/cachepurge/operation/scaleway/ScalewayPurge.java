package io.jenkins.plugins.cachepurge.operation.scaleway;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.scaleway.SortOrder;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayPurgeRequest;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayPurgeRequestPage;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Purges what a Scaleway Edge Services pipeline caches: submits one purge request after the other, then watches them all
 * until none is pending.
 */
public final class ScalewayPurge {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "scaleway";

    private ScalewayPurge() {}

    /**
     * What is wanted.
     *
     * @param awaitEnd whether to wait until the service is done
     */
    public record Spec(ScalewayClient client, String pipelineId, Batches batches, boolean waitForCompletion)
            implements Serializable {

        OperationDescription subject() {
            return ScalewayPurge.subject(pipelineId);
        }

        ApiCall<ScalewayPurgeRequest> create(int batch) {
            return batches.selection() instanceof PurgeSelection.Everything
                    ? client.purgeAll(pipelineId)
                    : client.purge(pipelineId, batches.batch(batch));
        }

        ApiCall<ScalewayPurgeRequestPage> newest(int page) {
            return client.list(pipelineId, SortOrder.NEWEST_FIRST, page, PageCursor.PAGE_SIZE);
        }

        /** True where a purge request of the service is for just what a batch is for. */
        boolean matches(ScalewayPurgeRequest request, int batch) {
            return batches.selection() instanceof PurgeSelection.Everything
                    ? request.all()
                    : !request.all() && Set.copyOf(request.assets()).equals(Set.copyOf(batches.batch(batch)));
        }

        PurgeResult result(List<ScalewaySubmittedRequest> requests) {
            List<PurgeResult.RequestResult> all = new ArrayList<>();
            for (int batch = 0; batch < requests.size(); batch++) {
                ScalewaySubmittedRequest request = requests.get(batch);
                all.add(new PurgeResult.RequestResult(
                        request.id(), request.status(), batches.batch(batch).size()));
            }
            return new PurgeResult(PROVIDER, pipelineId, ScalewaySubmittedRequest.overall(requests), batches.selection(), all);
        }
    }

    public static Operation<PurgeResult> of(Spec wish) {
        return new Submitting(wish, List.of(), 1);
    }

    /** "Scaleway Edge Services purge of pipeline …". */
    public static OperationDescription subject(String pipelineId) {
        return new OperationDescription(ScalewayClient.SERVICE, "purge", "pipeline " + pipelineId);
    }

    /** @param attempt 1 for the first, of the batch that is next */
    record Submitting(Spec wish, List<ScalewaySubmittedRequest> requests, int attempt) implements Operation<PurgeResult> {

        @Override
        public OperationDescription subject() {
            return wish.subject();
        }

        @Override
        public Optional<Serializable> unchanging() {
            return Optional.of(wish.batches().selection());
        }

        @Override
        public Next<PurgeResult> turn() {
            return Next.askOnce(
                    wish.create(requests.size()),
                    this::taken,
                    lost -> new ScalewayReconciling(this, lost.sentAt(), PageCursor.FIRST));
        }

        Operation<PurgeResult> taken(ScalewayPurgeRequest request) {
            List<ScalewaySubmittedRequest> all = new ArrayList<>(requests);
            all.add(ScalewaySubmittedRequest.of(request));
            if (all.size() < wish.batches().count()) {
                return new Submitting(wish, List.copyOf(all), 1);
            }
            return ScalewayPolling.of(wish, List.copyOf(all));
        }

        Set<String> ids() {
            return requests.stream().map(ScalewaySubmittedRequest::id).collect(Collectors.toSet());
        }
    }

    static Operation<PurgeResult> finished(Spec wish, List<ScalewaySubmittedRequest> requests) {
        return new SucceededState<>(wish.subject(), wish.result(requests));
    }
}
