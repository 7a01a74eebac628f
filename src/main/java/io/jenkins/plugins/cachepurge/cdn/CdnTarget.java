package io.jenkins.plugins.cachepurge.cdn;

import io.jenkins.plugins.cachepurge.credentials.Access;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.util.Optional;

/** The part of a CDN that a job means, with its parameters checked. */
public interface CdnTarget {

    /** Where its API is, and as whom it is spoken to. */
    Access access();

    /**
     * @param awaitEnd whether to wait until the CDN says that it is done, where it does
     * @throws io.jenkins.plugins.cachepurge.operation.InvalidInputException where it cannot purge that
     */
    Operation<PurgeResult> purge(PurgeSelection what, boolean awaitEnd);

    /**
     * Checks everything that {@link #purge} checks, and sends nothing.
     *
     * @throws io.jenkins.plugins.cachepurge.operation.InvalidInputException where it cannot purge that
     */
    Operation<PurgeResult> dryRun(PurgeSelection what);

    /** The purges that the CDN remembers; empty for one that forgets. */
    default Optional<CdnArchive> archive() {
        return Optional.empty();
    }
}
