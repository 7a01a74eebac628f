package io.jenkins.plugins.cachepurge.changes;

import io.jenkins.plugins.cachepurge.cdn.CdnProviderDescriptor;
import io.jenkins.plugins.cachepurge.cdn.CdnTarget;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * Selections of a CDN for pages that are given as paths: how it takes single pages, directories and everything, if it does.
 *
 * @param pages the type of selections of single pages; empty if it takes none
 * @param prefixHost what stands before the path of a directory; empty text for nothing, empty if it takes none
 * @param tags whether it takes tags
 * @param all whether it can purge everything
 * @param stars whether a star in a page is a wildcard
 * @param site scheme and host of the pages, if they were named
 */
record PurgeForms(
        Optional<SelectionType> pages,
        Optional<String> prefixHost,
        boolean tags,
        boolean all,
        boolean stars,
        Optional<PageUrl> site) {

    /**
     * @param url scheme and host of the pages, if they were named
     * @throws InvalidInputException if it cannot purge anything of a site with what is known
     */
    static PurgeForms of(CdnProviderDescriptor cdn, CdnTarget target, PurgeOptions options, Optional<PageUrl> url) {
        PurgeCapabilities capabilities = cdn.capabilities();
        if (options.soft() && capabilities.soft().isEmpty()) {
            throw new InvalidInputException("soft", LocalizedText.of("support.noSoft", cdn.getDisplayName()));
        }
        Set<SelectionType> types = options.soft() ? capabilities.soft() : capabilities.types();
        Optional<SelectionType> pages = pageType(types, url);
        PurgeForms forms = new PurgeForms(
                pages,
                types.contains(SelectionType.PREFIXES) ? prefixHost(target, options, url) : Optional.empty(),
                types.contains(SelectionType.TAGS),
                types.contains(SelectionType.ALL) && accepts(target, options, PurgeSelection.all()),
                pages.filter(capabilities.wildcards()::contains).isPresent(),
                url);
        if (types.contains(SelectionType.URLS) && pages.isEmpty()) {
            throw new InvalidInputException("changes", LocalizedText.of("changes.noUrl", cdn.getDisplayName()));
        }
        return forms;
    }

    /** URLs if the site is known, since they say of which host; else paths. */
    private static Optional<SelectionType> pageType(Set<SelectionType> types, Optional<PageUrl> url) {
        Stream<SelectionType> preferred =
                url.isPresent() ? Stream.of(SelectionType.URLS, SelectionType.PATHS) : Stream.of(SelectionType.PATHS);
        return preferred.filter(types::contains).findFirst();
    }

    /** Some CDNs want prefixes with a host, some without. */
    private static Optional<String> prefixHost(CdnTarget target, PurgeOptions options, Optional<PageUrl> url) {
        return Stream.concat(url.map(PageUrl::host).stream(), Stream.of(""))
                .filter(host ->
                        accepts(target, options, new PurgeSelection(SelectionType.PREFIXES, List.of(host + "/a/"))))
                .findFirst();
    }

    private static boolean accepts(CdnTarget target, PurgeOptions options, PurgeSelection selection) {
        try {
            target.purge(selection, options);
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    boolean prefixes() {
        return prefixHost.isPresent();
    }

    /** @param paths at least one */
    PurgeSelection ofPages(List<String> paths) {
        SelectionType type = pages.orElseThrow();
        return new PurgeSelection(
                type, type == SelectionType.URLS ? prefixed(site.orElseThrow().origin(), paths) : paths);
    }

    private static List<String> prefixed(HttpUrl origin, List<String> paths) {
        String start = new PageUrl(origin, "").text();
        return paths.stream().map(path -> start + path).toList();
    }

    /** @param paths of directories, at least one */
    PurgeSelection ofPrefixes(List<String> paths) {
        String host = prefixHost.orElseThrow();
        return new PurgeSelection(
                SelectionType.PREFIXES, paths.stream().map(path -> host + path).toList());
    }
}
