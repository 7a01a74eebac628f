package io.jenkins.plugins.cachepurge.operation.site;

import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Form in which a layer of a site takes selections.
 *
 * @param knowsHosts whether it purges a path at all hosts of the site by itself; otherwise each page needs its host
 */
public record LayerForm(PurgeCapabilities capabilities, boolean knowsHosts) {

    /** Whether it can purge such selections of a site, in whatever form. */
    public boolean canPurge(SelectionType type) {
        return typeFor(type).isPresent();
    }

    /** The type that stands for another one; empty if it cannot purge that. */
    private Optional<SelectionType> typeFor(SelectionType type) {
        return switch (type) {
            case PATHS, URLS -> first(isByPath() ? SelectionType.PATHS : SelectionType.URLS);
            case PREFIXES, TAGS -> first(type);
            case HOSTS -> isByPath() ? first(type) : first(type, SelectionType.PREFIXES);
            case ALL -> knowsHosts ? first(type) : first(SelectionType.PREFIXES, type);
        };
    }

    private boolean isByPath() {
        return knowsHosts && capabilities.types().contains(SelectionType.PATHS);
    }

    private Optional<SelectionType> first(SelectionType... types) {
        return Stream.of(types).filter(capabilities.types()::contains).findFirst();
    }

    /**
     * The selection in the form that the layer takes.
     *
     * @param selection with no other hosts than those of the site
     * @return empty if it cannot purge that
     */
    public Optional<PurgeSelection> adapt(SiteHosts hosts, PurgeSelection selection) {
        PurgeSelection wanted = canPurge(selection.type()) ? selection : everythingIfAllHosts(hosts, selection);
        return typeFor(wanted.type()).map(type -> new PurgeSelection(type, values(hosts, wanted, type)));
    }

    private static PurgeSelection everythingIfAllHosts(SiteHosts hosts, PurgeSelection selection) {
        boolean everything = selection.type() == SelectionType.HOSTS
                && Set.copyOf(selection.values()).containsAll(hosts.namesWithoutPort());
        return everything ? PurgeSelection.all() : selection;
    }

    private List<String> values(SiteHosts hosts, PurgeSelection selection, SelectionType to) {
        List<String> values = selection.values();
        return switch (selection.type()) {
            case PATHS -> to == SelectionType.PATHS ? values : urls(hosts, values);
            case URLS -> to == SelectionType.URLS ? values : targets(values);
            case PREFIXES -> isByPath() ? pathPrefixes(values) : hostPrefixes(hosts, values);
            case HOSTS -> to == SelectionType.HOSTS ? values : namedHosts(hosts, values);
            case ALL -> to == SelectionType.ALL ? values : hostPrefixes(hosts, List.of("/"));
            case TAGS -> values;
        };
    }

    private static List<String> urls(SiteHosts hosts, List<String> paths) {
        return paths.stream()
                .flatMap(path -> hosts.urls().stream().map(url -> new PageUrl(url.origin(), path).text()))
                .toList();
    }

    private static List<String> targets(List<String> urls) {
        return urls.stream().map(url -> SiteHosts.page(url).target()).toList();
    }

    private static List<String> pathPrefixes(List<String> prefixes) {
        return prefixes.stream()
                .map(prefix ->
                        prefix.startsWith("/") ? prefix : SiteHosts.page(prefix).target())
                .toList();
    }

    private static List<String> hostPrefixes(SiteHosts hosts, List<String> prefixes) {
        return prefixes.stream()
                .flatMap(prefix -> prefix.startsWith("/")
                        ? hosts.names().stream().map(host -> host + prefix)
                        : Stream.of(SiteHosts.page(prefix).withoutScheme()))
                .toList();
    }

    private static List<String> namedHosts(SiteHosts hosts, List<String> names) {
        return hosts.urls().stream()
                .filter(url -> names.contains(url.origin().host()))
                .map(url -> url.host() + "/")
                .toList();
    }
}
