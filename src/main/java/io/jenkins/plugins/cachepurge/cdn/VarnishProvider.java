package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.cachepurge.client.caches.CacheServer;
import io.jenkins.plugins.cachepurge.client.caches.Varnish;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeKind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSupport;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Varnish, with the VCL of its page in the documentation. */
public final class VarnishProvider extends CacheProvider {

    private static final long serialVersionUID = 1L;

    /** Everything is set later: either one URL or several must be. */
    @DataBoundConstructor
    public VarnishProvider() {
        // Jenkins wants to see it.
    }

    @Override
    protected CacheServer server(PurgeOptions how) {
        return new Varnish(how.soft());
    }

    @Extension
    @Symbol("varnish")
    public static final class DescriptorImpl extends CacheProviderDescriptor {

        @Override
        public PurgeSupport support() {
            return PurgeSupport.of(PurgeKind.PATHS, PurgeKind.URLS, PurgeKind.PREFIXES, PurgeKind.ALL)
                    .andSoft(PurgeKind.PATHS, PurgeKind.URLS);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.VarnishProvider_displayName();
        }
    }
}
