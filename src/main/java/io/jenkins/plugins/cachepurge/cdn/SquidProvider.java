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

/** Squid as a reverse proxy. */
public final class SquidProvider extends HttpCacheProvider {

    private static final long serialVersionUID = 1L;

    /** Everything is set later: either one URL or several must be. */
    @DataBoundConstructor
    public SquidProvider() {
        // Jenkins requires an annotated constructor in each class.
    }

    @Override
    protected HttpCacheClient client(PurgeOptions options) {
        return PurgeMethodClient.SQUID;
    }

    @Extension
    @Symbol("squid")
    public static final class DescriptorImpl extends CacheProviderDescriptor {

        @Override
        protected String exampleUrl() {
            return "http://squid.example.org";
        }

        @Override
        public PurgeCapabilities capabilities() {
            return PurgeCapabilities.of(SelectionType.PATHS, SelectionType.URLS);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SquidProvider_displayName();
        }
    }
}
