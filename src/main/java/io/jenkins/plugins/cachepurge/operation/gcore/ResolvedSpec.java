package io.jenkins.plugins.cachepurge.operation.gcore;

import io.jenkins.plugins.cachepurge.client.gcore.GcoreHistoryEntry;
import io.jenkins.plugins.cachepurge.client.gcore.GcoreHistoryPage;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A wish, with what had to be known before anything was sent.
 *
 * @param cname by which the history can be asked for the resource
 * @param begun when the resource was read, by Gcore's clock: before anything was purged
 */
record ResolvedSpec(GcoreSpec wish, String cname, Instant begun) implements Serializable {

    /** Dates may be cut to seconds. */
    private static final Duration CLOCK_GRAIN = Duration.ofSeconds(1);

    ApiCall<GcoreHistoryPage> history(int offset) {
        return wish.client().purges(cname, wish.type(), since(), offset);
    }

    private Instant since() {
        return begun.minus(CLOCK_GRAIN);
    }

    /**
     * True where a purge of the history is just what a request is for. One that somebody else made since serves as well:
     * what is to be purged was there before this began.
     */
    boolean matches(GcoreHistoryEntry purge, int batch) {
        return purge.resource().id() == wish.resourceId()
                && wish.type().word().equals(purge.purgeType())
                && purge.createdAt().filter(date -> !date.isBefore(since())).isPresent()
                && purge.values().equals(new TreeSet<>(wish.values(batch)));
    }

    PurgeResult result(List<GcoreSubmittedRequest> requests) {
        List<PurgeResult.RequestResult> all = new ArrayList<>();
        for (int batch = 0; batch < requests.size(); batch++) {
            GcoreSubmittedRequest request = requests.get(batch);
            all.add(new PurgeResult.RequestResult(
                    request.id(), request.status(), wish.batches().batch(batch).size()));
        }
        return new PurgeResult(
                GcorePurge.PROVIDER, Long.toString(wish.resourceId()), GcoreSubmittedRequest.overall(requests), wish.what(), all);
    }
}
