package io.jenkins.plugins.cachepurge.cdn;

import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistory;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeRecord;

/** The purge requests that a CDN remembers. */
public interface CdnArchive {

    /**
     * @param limit how many at the most, 1 or more
     * @param newestFirst false for the oldest first
     */
    Operation<PurgeHistory> history(int limit, boolean newestFirst);

    /** @throws io.jenkins.plugins.cachepurge.operation.InvalidInputException where the CDN has no such ids */
    Operation<PurgeRecord> one(String requestId);
}
