package io.jenkins.plugins.cachepurge.operation.httpcache;

import io.jenkins.plugins.cachepurge.client.httpcache.PurgeOutcome;
import io.jenkins.plugins.cachepurge.operation.Tally;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/** Tally of the outcomes of the requests to one instance of a cache. */
final class OutcomeTally implements Tally<PurgeOutcome> {

    private final Map<PurgeOutcome, Integer> counts = new EnumMap<>(PurgeOutcome.class);
    private final Map<PurgeOutcome, Integer> units = new EnumMap<>(PurgeOutcome.class);
    private final BitSet notCached = new BitSet();
    private final PurgeScopes scopes;

    OutcomeTally(PurgeScopes scopes) {
        this.scopes = scopes;
    }

    @Override
    public void add(int index, PurgeOutcome outcome) {
        counts.merge(outcome, 1, Integer::sum);
        units.merge(outcome, scopes.units(index), Integer::sum);
        if (outcome == PurgeOutcome.NOT_CACHED) {
            notCached.set(index);
        }
    }

    OutcomeCounts counts() {
        return new OutcomeCounts(new EnumMap<>(counts), new EnumMap<>(units), BitSet.valueOf(notCached.toLongArray()));
    }
}
