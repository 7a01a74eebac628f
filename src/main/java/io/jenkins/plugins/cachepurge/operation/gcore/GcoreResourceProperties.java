package io.jenkins.plugins.cachepurge.operation.gcore;

import io.jenkins.plugins.cachepurge.operation.purge.PolledPurge;
import java.time.Instant;

/**
 * Properties of a CDN resource that a purge needs.
 *
 * @param cname selects the resource in the history
 * @param readAt when the resource was read, by Gcore's clock: before anything was purged
 */
record GcoreResourceProperties(String cname, Instant readAt) implements PolledPurge.Source<GcorePurgeSpec> {

    @Override
    public PolledPurge<GcorePurgeSpec> purge(GcorePurgeSpec spec) {
        return new GcorePurge(spec, this);
    }
}
