package io.jenkins.plugins.cachepurge.operation.scaleway;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.scaleway.PurgeOrder;
import io.jenkins.plugins.cachepurge.client.scaleway.PurgeRequest;
import io.jenkins.plugins.cachepurge.client.scaleway.PurgeRequestPage;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.operation.Finished;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.Subject;
import io.jenkins.plugins.cachepurge.operation.Turn;
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
    public record Wish(ScalewayClient client, String pipelineId, Batches batches, boolean awaitEnd)
            implements Serializable {

        Subject subject() {
            return ScalewayPurge.subject(pipelineId);
        }

        ApiCall<PurgeRequest> create(int batch) {
            return batches.what() instanceof PurgeSelection.Everything
                    ? client.purgeAll(pipelineId)
                    : client.purge(pipelineId, batches.values(batch));
        }

        ApiCall<PurgeRequestPage> newest(int page) {
            return client.list(pipelineId, PurgeOrder.NEWEST_FIRST, page, Listing.PAGE_SIZE);
        }

        /** True where a purge request of the service is for just what a batch is for. */
        boolean matches(PurgeRequest request, int batch) {
            return batches.what() instanceof PurgeSelection.Everything
                    ? request.all()
                    : !request.all() && Set.copyOf(request.assets()).equals(Set.copyOf(batches.values(batch)));
        }

        PurgeResult result(List<Submitted> requests) {
            List<PurgeResult.Request> all = new ArrayList<>();
            for (int batch = 0; batch < requests.size(); batch++) {
                Submitted request = requests.get(batch);
                all.add(new PurgeResult.Request(
                        request.id(), request.status(), batches.values(batch).size()));
            }
            return new PurgeResult(PROVIDER, pipelineId, Submitted.overall(requests), batches.what(), all);
        }
    }

    public static Operation<PurgeResult> of(Wish wish) {
        return new Submitting(wish, List.of(), 1);
    }

    /** "Scaleway Edge Services purge of pipeline …". */
    public static Subject subject(String pipelineId) {
        return new Subject(ScalewayClient.SERVICE, "purge", "pipeline " + pipelineId);
    }

    /** @param attempt 1 for the first, of the batch that is next */
    record Submitting(Wish wish, List<Submitted> requests, int attempt) implements Operation<PurgeResult> {

        @Override
        public Subject subject() {
            return wish.subject();
        }

        @Override
        public Optional<Serializable> unchanging() {
            return Optional.of(wish.batches().what());
        }

        @Override
        public Turn<PurgeResult> turn() {
            return Turn.askOnce(
                    wish.create(requests.size()),
                    this::taken,
                    lost -> new LookingUp(this, lost.sentAt(), Listing.FIRST));
        }

        Operation<PurgeResult> taken(PurgeRequest request) {
            List<Submitted> all = new ArrayList<>(requests);
            all.add(Submitted.of(request));
            if (all.size() < wish.batches().count()) {
                return new Submitting(wish, List.copyOf(all), 1);
            }
            return Watching.of(wish, List.copyOf(all));
        }

        Set<String> ids() {
            return requests.stream().map(Submitted::id).collect(Collectors.toSet());
        }
    }

    static Operation<PurgeResult> finished(Wish wish, List<Submitted> requests) {
        return new Finished<>(wish.subject(), wish.result(requests));
    }
}
