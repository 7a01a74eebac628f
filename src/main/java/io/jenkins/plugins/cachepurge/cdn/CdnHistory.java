package io.jenkins.plugins.cachepurge.cdn;

import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistory;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryEntry;

/** The purge requests that a CDN remembers. */
public interface CdnHistory {

    /**
     * @param limit how many at the most, 1 or more
     * @param newestFirst false for the oldest first
     */
    Operation<?, PurgeHistory> list(int limit, boolean newestFirst);

    /** @throws io.jenkins.plugins.cachepurge.input.InvalidInputException where the CDN has no such ids */
    Operation<?, PurgeHistoryEntry> get(String requestId);
}
