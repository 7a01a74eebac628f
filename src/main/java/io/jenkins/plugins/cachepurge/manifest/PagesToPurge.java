package io.jenkins.plugins.cachepurge.manifest;

import java.util.List;

/**
 * Pages to purge, as paths from the root of the site.
 *
 * @param pages single pages
 * @param prefixes directories of which everything is purged; each ends with a slash
 * @param everything whether everything is purged; then there are no pages and no prefixes
 */
public record PagesToPurge(List<String> pages, List<String> prefixes, boolean everything) {

    /** Everything, whatever the pages are. */
    public static final PagesToPurge EVERYTHING = new PagesToPurge(List.of(), List.of(), true);

    public PagesToPurge {
        pages = List.copyOf(pages);
        prefixes = List.copyOf(prefixes);
    }

    /** Number of pages and prefixes. */
    public int count() {
        return pages.size() + prefixes.size();
    }
}
