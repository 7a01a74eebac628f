package io.jenkins.plugins.cachepurge.site;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.listeners.ItemListener;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** Manage Jenkins » System » Cache Purge sites. What an administrator enters there is approved, for that site only. */
@Extension
@Symbol("cachePurgeSites")
public final class SitesConfiguration extends GlobalConfiguration implements SiteSource {

    private List<Site> sites = List.of();

    public SitesConfiguration() {
        load();
    }

    public static SitesConfiguration get() {
        return ExtensionList.lookupSingleton(SitesConfiguration.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.SitesConfiguration_displayName();
    }

    public synchronized List<Site> getSites() {
        return sites == null ? List.of() : List.copyOf(sites);
    }

    /** @throws IllegalArgumentException naming the first of them that cannot be used */
    @DataBoundSetter
    public synchronized void setSites(List<Site> sites) {
        Site.check(sites);
        this.sites = List.copyOf(sites);
        save();
    }

    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        try {
            setSites(Site.bind(req, json.opt("sites")));
            return true;
        } catch (InvalidSiteException e) {
            throw new FormException(e.message(LocaleProvider.getLocale()), "sites");
        }
    }

    @Override
    public List<Site> sites(ItemGroup<?> place) {
        return place == Jenkins.get() ? getSites() : List.of();
    }

    private synchronized void folderMoved(String from, String to) {
        List<Site> moved =
                getSites().stream().map(site -> site.withFolderMoved(from, to)).toList();
        if (!moved.stream()
                .map(Site::getFolders)
                .toList()
                .equals(getSites().stream().map(Site::getFolders).toList())) {
            setSites(moved);
        }
    }

    /** Keeps the folders whose jobs may purge a site when they are moved or renamed. */
    @Extension
    public static final class FolderListener extends ItemListener {

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            if (item instanceof ItemGroup<?>) {
                get().folderMoved(oldFullName, newFullName);
            }
        }
    }
}
