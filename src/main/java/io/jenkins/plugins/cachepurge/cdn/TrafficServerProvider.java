package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.cachepurge.client.httpcache.HttpCacheClient;
import io.jenkins.plugins.cachepurge.client.httpcache.PurgeMethodClient;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Apache Traffic Server. */
public final class TrafficServerProvider extends HttpCacheProvider {

    private static final long serialVersionUID = 1L;

    /** Everything is set later: either one URL or several must be. */
    @DataBoundConstructor
    public TrafficServerProvider() {
        // Jenkins requires an annotated constructor in each class.
    }

    @Override
    protected HttpCacheClient client(PurgeOptions options) {
        return PurgeMethodClient.TRAFFIC_SERVER;
    }

    @Extension
    @Symbol("trafficServer")
    public static final class DescriptorImpl extends CacheProviderDescriptor {

        @Override
        protected String exampleUrl() {
            return "http://trafficserver.example.org:8080";
        }

        @Override
        public PurgeCapabilities capabilities() {
            return PurgeCapabilities.of(SelectionType.PATHS, SelectionType.URLS);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.TrafficServerProvider_displayName();
        }
    }
}
