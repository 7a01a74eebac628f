package io.jenkins.plugins.cachepurge.site;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.site.SiteHosts;
import java.io.Serializable;

/**
 * Site that a job uses, as it was when it was looked up. Serializable, so that a running build continues with it. Not a
 * record, so that it does not depend on how Pipeline serializes records.
 */
public final class SiteSnapshot implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Site site;
    private final String folder;

    /** @param folder full name of the folder that defines it; empty for Jenkins */
    SiteSnapshot(Site site, String folder) {
        this.site = site;
        this.folder = folder;
    }

    Site site() {
        return site;
    }

    /** Its name. */
    public String name() {
        return site.getName();
    }

    /** Its name for people, such as "www" or "www (folder team-a)". */
    LocalizedText text() {
        return isGlobal() ? LocalizedText.inOneLanguage(name()) : LocalizedText.of("site.inFolder", name(), folder);
    }

    /** Its text in English. */
    public String title() {
        return text().toString();
    }

    /** Where visitors find it; the first URL is the main one. */
    public SiteHosts hosts() {
        return site.hosts();
    }

    /** Full name of the folder that defines it; empty for Jenkins. */
    String folder() {
        return folder;
    }

    /** Whether an administrator defined it. */
    boolean isGlobal() {
        return folder.isEmpty();
    }
}
