package io.jenkins.plugins.cachepurge.operation.httpcache;

import io.jenkins.plugins.cachepurge.client.httpcache.PurgeOutcome;
import io.jenkins.plugins.cachepurge.operation.Tally;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/** Tally of the outcomes of the requests to one instance of a cache. */
final class OutcomeTally implements Tally<PurgeOutcome> {

    private final Map<PurgeOutcome, Integer> counts = new EnumMap<>(PurgeOutcome.class);
    private final BitSet notCached = new BitSet();

    @Override
    public void add(int index, PurgeOutcome outcome) {
        counts.merge(outcome, 1, Integer::sum);
        if (outcome == PurgeOutcome.NOT_CACHED) {
            notCached.set(index);
        }
    }

    OutcomeCounts counts() {
        return new OutcomeCounts(new EnumMap<>(counts), BitSet.valueOf(notCached.toLongArray()));
    }
}
