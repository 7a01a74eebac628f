package io.jenkins.plugins.cachepurge.operation.site;

import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Hosts of a site.
 *
 * @param urls where visitors find it: at least one, each without path and query; the first is the main one
 */
public record SiteHosts(List<PageUrl> urls) {

    private static final String URLS = "urls";
    private static final Pattern SCHEME = Pattern.compile("^https?://", Pattern.CASE_INSENSITIVE);

    public SiteHosts {
        urls = List.copyOf(urls);
    }

    /**
     * The hosts of some URLs, of which equal ones count once.
     *
     * @throws InvalidInputException if there are none, or one has a path or a star, or is not a URL
     */
    public static SiteHosts of(List<String> texts) {
        if (texts.isEmpty()) {
            throw new InvalidInputException(URLS, LocalizedText.of("missing"));
        }
        return new SiteHosts(texts.stream().map(SiteHosts::url).distinct().toList());
    }

    private static PageUrl url(String text) {
        String typed = text == null ? "" : text.trim();
        if (typed.contains("*") && !typed.contains("@")) {
            throw new InvalidInputException(URLS, LocalizedText.of("apiUrl.star", PrintableText.quote(typed)));
        }
        return PageUrl.of(typed)
                .filter(url -> url.target().equals("/") && !typed.contains("?"))
                .orElseThrow(() -> new InvalidInputException(
                        URLS,
                        LocalizedText.of("site.url", typed.contains("@") ? "\u2026" : PrintableText.quote(typed))));
    }

    /** The hosts as in a {@code Host} header, each once. */
    public Set<String> names() {
        return urls.stream().map(PageUrl::host).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether a page is one of the site. */
    public boolean contains(PageUrl page) {
        return names().contains(page.host());
    }

    /**
     * Checks that all that is selected belongs to the site.
     *
     * @param site its name, for the message
     * @throws InvalidInputException naming the first value that does not
     */
    public void check(String site, PurgeSelection selection) {
        Set<String> own = selection.type() == SelectionType.HOSTS ? namesWithoutPort() : names();
        for (String value : selection.values()) {
            String host = hostOf(selection.type(), value);
            if (!host.isEmpty() && !own.contains(host)) {
                throw new InvalidInputException(
                        selection.type().parameter(),
                        LocalizedText.of("site.host", PrintableText.quote(value), site, String.join(", ", own)));
            }
        }
    }

    Set<String> namesWithoutPort() {
        return urls.stream().map(url -> url.origin().host()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Empty for a value without a host. */
    private static String hostOf(SelectionType type, String value) {
        return switch (type) {
            case URLS -> page(value).host();
            case HOSTS -> value;
            case PREFIXES -> value.startsWith("/") ? "" : page(value).host();
            case PATHS, TAGS, ALL -> "";
        };
    }

    /** The page at a URL or prefix, with or without its scheme. */
    static PageUrl page(String value) {
        return PageUrl.of(SCHEME.matcher(value).find() ? value : "http://" + value)
                .orElseThrow();
    }
}
