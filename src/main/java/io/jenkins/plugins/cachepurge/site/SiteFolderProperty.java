package io.jenkins.plugins.cachepurge.site;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.ItemGroup;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.StaplerRequest2;

/** Sites of a folder, for its jobs and those below. */
public final class SiteFolderProperty extends AbstractFolderProperty<AbstractFolder<?>> {

    private final List<Site> sites;

    /** @throws IllegalArgumentException naming the first site that cannot be used */
    @DataBoundConstructor
    public SiteFolderProperty(List<Site> sites) {
        this.sites = sites == null ? new ArrayList<>() : new ArrayList<>(sites);
        Site.check(this.sites);
    }

    public List<Site> getSites() {
        return sites == null ? List.of() : List.copyOf(sites);
    }

    /** The sites of folders. */
    @Extension(optional = true)
    public static final class Source implements SiteSource {

        @Override
        public List<Site> sites(ItemGroup<?> place) {
            return place instanceof AbstractFolder<?> folder ? sitesOf(folder) : List.of();
        }

        /** Its parameter lets Jenkins leave this class out where the plugin is missing. */
        private static List<Site> sitesOf(AbstractFolder<?> folder) {
            SiteFolderProperty property = folder.getProperties().get(SiteFolderProperty.class);
            return property == null ? List.of() : property.getSites();
        }
    }

    @Extension(optional = true)
    @Symbol("cachePurgeSites")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SiteFolderProperty_displayName();
        }

        /** Creates the property without Stapler, which hides the messages of constructors. */
        @Override
        public AbstractFolderProperty<?> newInstance(StaplerRequest2 req, JSONObject form) throws FormException {
            try {
                List<Site> entered = Site.bind(req, form.opt("sites"));
                return entered.isEmpty() ? null : new SiteFolderProperty(entered);
            } catch (InvalidSiteException e) {
                throw new FormException(e.message(LocaleProvider.getLocale()), "sites");
            }
        }
    }
}
