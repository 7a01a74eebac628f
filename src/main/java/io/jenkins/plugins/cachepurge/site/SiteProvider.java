package io.jenkins.plugins.cachepurge.site;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnProviderDescriptor;
import io.jenkins.plugins.cachepurge.cdn.CdnTarget;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.site.SitePurge;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Site that an administrator or the owner of a folder has set up. */
public final class SiteProvider extends CdnProvider {

    private static final long serialVersionUID = 1L;

    private final String name;

    /** As it was when the build began; null before. */
    private final SiteSnapshot resolved;

    @DataBoundConstructor
    public SiteProvider(String name) {
        this(name, null);
    }

    private SiteProvider(String name, SiteSnapshot resolved) {
        this.name = name;
        this.resolved = resolved;
    }

    public String getName() {
        return name;
    }

    @Override
    public CdnProvider begin(Run<?, ?> run) {
        return new SiteProvider(name, Sites.find(run, name));
    }

    @Override
    public CdnTarget target(BuildContext context) {
        return SiteTarget.of(resolved(context), context);
    }

    /**
     * The site, as it was when the build began.
     *
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException if the job may use no such site
     */
    public SiteSnapshot resolved(BuildContext context) {
        return resolved == null ? Sites.find(context.run(), context.expand(name)) : resolved;
    }

    @Extension
    @Symbol(SitePurge.PROVIDER)
    public static final class DescriptorImpl extends CdnProviderDescriptor {

        /** What a site can purge depends on its layers. */
        @Override
        public PurgeCapabilities capabilities() {
            return PurgeCapabilities.of(SelectionType.values())
                    .withSoft(SelectionType.values())
                    .withWildcards(SelectionType.PATHS, SelectionType.URLS);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SiteProvider_displayName();
        }

        /** The sites that the job may use; outside of jobs those of Jenkins. */
        @POST
        public ListBoxModel doFillNameItems(@AncestorInPath Item item, @QueryParameter String name) {
            ListBoxModel items = new ListBoxModel();
            boolean visible = item == null
                    ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                    : item.hasPermission(Item.EXTENDED_READ);
            List<String> names = visible ? Sites.names(item) : List.of();
            names.forEach(items::add);
            if (!name.isEmpty() && !names.contains(name)) {
                items.add(name);
            }
            return items;
        }

        @POST
        public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> Sites.find(item, value));
        }
    }
}
