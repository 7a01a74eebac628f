package io.jenkins.plugins.cachepurge.cdn;

import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.util.Optional;

/** The part of a CDN that a job means, with its parameters checked. */
public interface CdnTarget {

    /** Where its API is, and as whom it is spoken to. */
    ServiceEndpoint endpoint();

    /** What the CDN calls it, as a zone's or distribution's id. */
    String name();

    /**
     * Puts a purge together; nothing is sent before it runs, and a dry run ends here. So everything that can be checked
     * without asking the CDN must be.
     *
     * @param selection of a type that {@link CdnProviderDescriptor#capabilities()} names
     * @param options soft only if it is supported
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException where it cannot purge that
     */
    Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions options);

    /** The purges that the CDN remembers; empty for one that forgets. */
    default Optional<CdnHistory> history() {
        return Optional.empty();
    }
}
