package io.jenkins.plugins.cachepurge.site;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.ItemGroup;
import java.util.List;

/** Where sites are defined: in the settings of Jenkins, and in folders if there are any. */
public interface SiteSource extends ExtensionPoint {

    /**
     * The sites that are defined in a place. Does no I/O.
     *
     * @param place a folder, or Jenkins itself
     */
    List<Site> sites(ItemGroup<?> place);

    /** Those of all sources. */
    static List<Site> sitesIn(ItemGroup<?> place) {
        return ExtensionList.lookup(SiteSource.class).stream()
                .flatMap(source -> source.sites(place).stream())
                .toList();
    }
}
