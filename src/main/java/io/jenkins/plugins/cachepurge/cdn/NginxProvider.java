package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.cachepurge.client.httpcache.HttpCacheClient;
import io.jenkins.plugins.cachepurge.client.httpcache.NginxClient;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.httpcache.PurgeScopes;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** nginx with the module ngx_cache_purge, or NGINX Plus. */
public final class NginxProvider extends HttpCacheProvider {

    private static final long serialVersionUID = 1L;

    private boolean plus;

    /** Everything is set later: either one URL or several must be. */
    @DataBoundConstructor
    public NginxProvider() {
        // Jenkins requires an annotated constructor in each class.
    }

    /** Whether it is NGINX Plus, whose responses differ from those of the module. */
    public boolean isPlus() {
        return plus;
    }

    @DataBoundSetter
    public void setPlus(boolean plus) {
        this.plus = plus;
    }

    /** Everything is the prefix "/" of a host. */
    @Override
    protected void check(PurgeScopes scopes, PurgeOptions options) {
        if (scopes.selection().isAll() && scopes.host().isEmpty()) {
            throw new InvalidInputException("host", LocalizedText.of("caches.nginx.host"));
        }
    }

    @Override
    protected HttpCacheClient client(PurgeOptions options) {
        return new NginxClient(plus);
    }

    @Extension
    @Symbol("nginx")
    public static final class DescriptorImpl extends CacheProviderDescriptor {

        @Override
        protected String exampleUrl() {
            return "http://nginx.example.org";
        }

        @Override
        protected boolean takesPath() {
            return true;
        }

        @Override
        public PurgeCapabilities capabilities() {
            return PurgeCapabilities.of(
                    SelectionType.PATHS, SelectionType.URLS, SelectionType.PREFIXES, SelectionType.ALL);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.NginxProvider_displayName();
        }
    }
}
