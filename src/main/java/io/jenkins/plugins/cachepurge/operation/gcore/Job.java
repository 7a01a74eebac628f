package io.jenkins.plugins.cachepurge.operation.gcore;

import io.jenkins.plugins.cachepurge.client.gcore.PurgeStatus;
import io.jenkins.plugins.cachepurge.client.gcore.PurgeStatusPage;
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
record Job(Wish wish, String cname, Instant begun) implements Serializable {

    /** Dates may be cut to seconds. */
    private static final Duration CLOCK_GRAIN = Duration.ofSeconds(1);

    ApiCall<PurgeStatusPage> history(int offset) {
        return wish.client().purges(cname, wish.type(), since(), offset);
    }

    private Instant since() {
        return begun.minus(CLOCK_GRAIN);
    }

    /**
     * True where a purge of the history is just what a request is for. One that somebody else made since serves as well:
     * what is to be purged was there before this began.
     */
    boolean matches(PurgeStatus purge, int batch) {
        return purge.resource().id() == wish.resourceId()
                && wish.type().word().equals(purge.purgeType())
                && purge.createdAt().filter(date -> !date.isBefore(since())).isPresent()
                && purge.values().equals(new TreeSet<>(wish.values(batch)));
    }

    PurgeResult result(List<Submitted> requests) {
        List<PurgeResult.Request> all = new ArrayList<>();
        for (int batch = 0; batch < requests.size(); batch++) {
            Submitted request = requests.get(batch);
            all.add(new PurgeResult.Request(
                    request.id(), request.status(), wish.batches().values(batch).size()));
        }
        return new PurgeResult(
                GcorePurge.PROVIDER, Long.toString(wish.resourceId()), Submitted.overall(requests), wish.what(), all);
    }
}
