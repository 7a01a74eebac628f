package io.jenkins.plugins.cachepurge.cdn;

import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryEntry;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryResult;

/** Earlier purge requests of a CDN. */
public interface CdnHistory {

    /**
     * @param limit maximum number of entries, 1 or more
     * @param newestFirst false for the oldest first
     */
    Operation<?, PurgeHistoryResult> list(int limit, boolean newestFirst);

    /** @throws io.jenkins.plugins.cachepurge.input.InvalidInputException if the CDN has no such ids */
    Operation<?, PurgeHistoryEntry> get(String requestId);
}
