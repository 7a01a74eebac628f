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

/**
 * Selections of a CDN for pages that are given as paths: how it takes single pages, directories and everything, if it does.
 *
 * @param pages the type of selections of single pages; empty if it takes none
 * @param prefixHost what stands before the path of a directory; empty text for nothing, empty if it takes none
 * @param tags whether it takes tags
 * @param all whether it can purge everything
 * @param stars whether a page with a star in its path can be purged by itself
 * @param site scheme and host of the pages, if they were named
 */
record ChangesSelectionTypes(
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
    static ChangesSelectionTypes of(
            CdnProviderDescriptor cdn, CdnTarget target, PurgeOptions options, Optional<PageUrl> url) {
        PurgeCapabilities capabilities = cdn.capabilities();
        if (options.soft() && capabilities.soft().isEmpty()) {
            throw new InvalidInputException("soft", LocalizedText.of("support.noSoft", cdn.getDisplayName()));
        }
        Set<SelectionType> types = options.soft() ? capabilities.soft() : capabilities.types();
        Probe probe = new Probe(types, target, options);
        Optional<SelectionType> pages = pageTypes(url)
                .filter(type -> probe.accepts(type, page(type, url, "/a")))
                .findFirst();
        ChangesSelectionTypes forms = new ChangesSelectionTypes(
                pages,
                prefixHosts(url)
                        .filter(host -> probe.accepts(SelectionType.PREFIXES, host + "/a/"))
                        .findFirst(),
                probe.accepts(SelectionType.TAGS, "/a/"),
                probe.acceptsAll(),
                pages.filter(capabilities.wildcards()::contains)
                        .filter(type -> probe.accepts(type, page(type, url, "/a*b")))
                        .isPresent(),
                url);
        if (types.contains(SelectionType.URLS) && pages.isEmpty() && url.isEmpty()) {
            throw new InvalidInputException("changes", LocalizedText.of("changes.noUrl", cdn.getDisplayName()));
        }
        forms.check(cdn, probe);
        return forms;
    }

    private void check(CdnProviderDescriptor cdn, Probe probe) {
        if (pages.isEmpty() && prefixHost.isEmpty() && !tags && !all) {
            throw probe.refusal()
                    .orElseGet(() -> new InvalidInputException(
                            "changes", LocalizedText.of("changes.noEverything", cdn.getDisplayName())));
        }
    }

    /** URLs if the site is known, since they say of which host; else paths. */
    private static Stream<SelectionType> pageTypes(Optional<PageUrl> url) {
        return url.isPresent() ? Stream.of(SelectionType.URLS, SelectionType.PATHS) : Stream.of(SelectionType.PATHS);
    }

    /** Some CDNs want prefixes with a host, some without. */
    private static Stream<String> prefixHosts(Optional<PageUrl> url) {
        return Stream.concat(url.map(PageUrl::host).stream(), Stream.of(""));
    }

    private static String page(SelectionType type, Optional<PageUrl> url, String path) {
        return type == SelectionType.URLS ? new PageUrl(url.orElseThrow().origin(), path).text() : path;
    }

    /** Finds out what the target takes: that may depend on its parameters, and for a site on its layers. */
    private static final class Probe {

        private final Set<SelectionType> types;
        private final CdnTarget target;
        private final PurgeOptions options;
        private InvalidInputException firstRefusal;

        Probe(Set<SelectionType> types, CdnTarget target, PurgeOptions options) {
            this.types = types;
            this.target = target;
            this.options = options;
        }

        boolean accepts(SelectionType type, String value) {
            return types.contains(type) && accepts(new PurgeSelection(type, List.of(value)));
        }

        boolean acceptsAll() {
            return types.contains(SelectionType.ALL) && accepts(PurgeSelection.all());
        }

        private boolean accepts(PurgeSelection selection) {
            try {
                target.purge(selection, options);
                return true;
            } catch (InvalidInputException e) {
                firstRefusal = firstRefusal == null ? e : firstRefusal;
                return false;
            }
        }

        Optional<InvalidInputException> refusal() {
            return Optional.ofNullable(firstRefusal);
        }
    }

    boolean prefixes() {
        return prefixHost.isPresent();
    }

    /** @param paths at least one */
    PurgeSelection ofPages(List<String> paths) {
        SelectionType type = pages.orElseThrow();
        return new PurgeSelection(
                type, paths.stream().map(path -> page(type, site, path)).toList());
    }

    /** @param paths of directories, at least one */
    PurgeSelection ofPrefixes(List<String> paths) {
        String host = prefixHost.orElseThrow();
        return new PurgeSelection(
                SelectionType.PREFIXES, paths.stream().map(path -> host + path).toList());
    }
}
