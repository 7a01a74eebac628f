package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.cachepurge.client.caches.CacheServer;
import io.jenkins.plugins.cachepurge.client.caches.PlainPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeKind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSupport;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Apache Traffic Server. */
public final class TrafficServerProvider extends CacheProvider {

    private static final long serialVersionUID = 1L;

    /** Everything is set later: either one URL or several must be. */
    @DataBoundConstructor
    public TrafficServerProvider() {
        // Jenkins wants to see it.
    }

    @Override
    protected CacheServer server(PurgeOptions how) {
        return PlainPurge.TRAFFIC_SERVER;
    }

    @Extension
    @Symbol("trafficServer")
    public static final class DescriptorImpl extends CacheProviderDescriptor {

        @Override
        public PurgeSupport support() {
            return PurgeSupport.of(PurgeKind.PATHS, PurgeKind.URLS);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.TrafficServerProvider_displayName();
        }
    }
}
