package io.jenkins.plugins.cachepurge.operation.httpcache;

import io.jenkins.plugins.cachepurge.client.httpcache.PurgeOutcome;
import java.io.Serializable;
import java.util.BitSet;
import java.util.Map;

/**
 * Outcomes of the requests to an instance of a cache.
 *
 * @param counts numbers of requests, in the order in which outcomes are declared
 * @param units numbers of selected values in them
 * @param notCached indices of the requests that found nothing
 */
record OutcomeCounts(Map<PurgeOutcome, Integer> counts, Map<PurgeOutcome, Integer> units, BitSet notCached)
        implements Serializable {

    /** Whether no request found anything. */
    boolean isNothingCached() {
        return counts.keySet().stream().allMatch(PurgeOutcome.NOT_CACHED::equals);
    }
}
