package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.cachepurge.client.httpcache.HttpCacheClient;
import io.jenkins.plugins.cachepurge.client.httpcache.VarnishClient;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Varnish, with the VCL of its page in the documentation. */
public final class VarnishProvider extends HttpCacheProvider {

    private static final long serialVersionUID = 1L;

    /** Everything is set later: either one URL or several must be. */
    @DataBoundConstructor
    public VarnishProvider() {
        // Jenkins requires an annotated constructor in each class.
    }

    @Override
    protected HttpCacheClient client(PurgeOptions options) {
        return new VarnishClient(options.soft());
    }

    @Extension
    @Symbol("varnish")
    public static final class DescriptorImpl extends CacheProviderDescriptor {

        @Override
        public PurgeCapabilities capabilities() {
            return PurgeCapabilities.of(
                            SelectionType.PATHS, SelectionType.URLS, SelectionType.PREFIXES, SelectionType.ALL)
                    .withSoft(SelectionType.PATHS, SelectionType.URLS);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.VarnishProvider_displayName();
        }
    }
}
