package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.client.httpcache.HttpCacheClient;
import io.jenkins.plugins.cachepurge.client.httpcache.VarnishClient;
import io.jenkins.plugins.cachepurge.client.httpcache.VarnishDialect;
import io.jenkins.plugins.cachepurge.operation.httpcache.DialectSelectionCheck;
import io.jenkins.plugins.cachepurge.operation.httpcache.PurgeScopes;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** Varnish, with the VCL of its page in the documentation. */
public final class VarnishProvider extends HttpCacheProvider {

    private static final long serialVersionUID = 1L;

    private String dialect;

    /** Everything is set later: either one URL or several must be. */
    @DataBoundConstructor
    public VarnishProvider() {
        // Jenkins requires an annotated constructor in each class.
    }

    /** Requests of its VCL; null for those of the documented VCL. */
    public String getDialect() {
        return dialect;
    }

    @DataBoundSetter
    public void setDialect(String dialect) {
        this.dialect = Util.fixEmptyAndTrim(dialect);
    }

    private VarnishDialect knownDialect() {
        return dialect == null ? VarnishDialect.DOCUMENTED : VarnishDialect.of(dialect);
    }

    @Override
    protected void check(PurgeScopes scopes, PurgeOptions options) {
        new DialectSelectionCheck(knownDialect()).check(scopes, options.soft());
    }

    @Override
    protected HttpCacheClient client(PurgeOptions options) {
        return new VarnishClient(options.soft(), knownDialect());
    }

    @Extension
    @Symbol("varnish")
    public static final class DescriptorImpl extends CacheProviderDescriptor {

        @Override
        protected String exampleUrl() {
            return "http://varnish.example.org:6081";
        }

        @Override
        public PurgeCapabilities capabilities() {
            return PurgeCapabilities.of(
                            SelectionType.PATHS,
                            SelectionType.URLS,
                            SelectionType.TAGS,
                            SelectionType.PREFIXES,
                            SelectionType.ALL)
                    .withSoft(SelectionType.PATHS, SelectionType.URLS, SelectionType.TAGS);
        }

        @POST
        public ListBoxModel doFillDialectItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.VarnishProvider_documented(), "");
            VarnishDialect.named().forEach(each -> items.add(each.displayName(), each.symbol()));
            return items;
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.VarnishProvider_displayName();
        }
    }
}
