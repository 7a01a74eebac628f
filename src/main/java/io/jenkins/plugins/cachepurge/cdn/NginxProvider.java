package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.cachepurge.client.caches.CacheServer;
import io.jenkins.plugins.cachepurge.client.caches.Nginx;
import io.jenkins.plugins.cachepurge.operation.Advice;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.caches.PagesToPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeKind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSupport;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** nginx with the module ngx_cache_purge, or NGINX Plus. */
public final class NginxProvider extends CacheProvider {

    private static final long serialVersionUID = 1L;

    private boolean plus;

    /** Everything is set later: either one URL or several must be. */
    @DataBoundConstructor
    public NginxProvider() {
        // Jenkins wants to see it.
    }

    /** Whether it is NGINX Plus, which answers otherwise than the module. */
    public boolean isPlus() {
        return plus;
    }

    @DataBoundSetter
    public void setPlus(boolean plus) {
        this.plus = plus;
    }

    /** A star at the end makes a prefix of a key, and everything is the prefix "/" of a host. */
    @Override
    protected void check(PagesToPurge pages) {
        PurgeKind kind = pages.what().kind();
        if (kind == PurgeKind.ALL && pages.host().isEmpty()) {
            throw new InvalidInputException("host", Advice.of("caches.nginx.host"));
        }
        for (String value : pages.what().values()) {
            if (value.endsWith("*")) {
                throw new InvalidInputException(kind.parameter(), Advice.of("caches.nginx.star", Input.shown(value)));
            }
        }
    }

    @Override
    protected CacheServer server(PurgeOptions how) {
        return new Nginx(plus);
    }

    @Extension
    @Symbol("nginx")
    public static final class DescriptorImpl extends CacheProviderDescriptor {

        @Override
        protected boolean takesPath() {
            return true;
        }

        @Override
        public PurgeSupport support() {
            return PurgeSupport.of(PurgeKind.PATHS, PurgeKind.URLS, PurgeKind.PREFIXES, PurgeKind.ALL);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.NginxProvider_displayName();
        }
    }
}
