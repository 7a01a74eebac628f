package io.jenkins.plugins.cachepurge.operation.gcore;

import io.jenkins.plugins.cachepurge.operation.purge.PolledPurge;
import java.time.Instant;

/**
 * What has to be known of a CDN resource before anything is sent.
 *
 * @param cname by which the history is asked for the resource
 * @param readAt when the resource was read, by Gcore's clock: before anything was purged
 */
record GcoreResourceInfo(String cname, Instant readAt) implements PolledPurge.Source<GcoreSpec> {

    @Override
    public PolledPurge<GcoreSpec> purge(GcoreSpec spec) {
        return new GcorePurge(spec, this);
    }
}
