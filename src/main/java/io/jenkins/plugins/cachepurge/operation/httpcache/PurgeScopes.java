package io.jenkins.plugins.cachepurge.operation.httpcache;

import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.client.httpcache.HttpCacheClient;
import io.jenkins.plugins.cachepurge.client.httpcache.PurgeScope;
import io.jenkins.plugins.cachepurge.client.httpcache.PurgeScope.Match;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Selection in the form of requests to a cache: each has a host and a path.
 *
 * @param host for selections without a host; empty for that of the cache's own URL
 * @param batches tags of each request; empty for other selections
 */
public record PurgeScopes(PurgeSelection selection, String host, List<List<String>> batches) implements Serializable {

    private static final Pattern SCHEME = Pattern.compile("^https?://", Pattern.CASE_INSENSITIVE);

    /** A selection whose tags, if it has any, are not cut into requests yet. */
    public PurgeScopes(PurgeSelection selection, String host) {
        this(selection, host, List.of());
    }

    /** The same with tags cut into requests. */
    PurgeScopes inBatches(HttpCacheClient client) {
        return isByTag() ? new PurgeScopes(selection, host, client.batches(selection.values())) : this;
    }

    private boolean isByTag() {
        return selection.type() == SelectionType.TAGS;
    }

    /** The host of pages as in a URL: without scheme and path, with a port that is not the default. */
    public static String host(String text) {
        String typed = new InputField("host", text).required();
        return PageUrl.of("http://" + typed)
                .filter(url -> !typed.matches(".*[/\\\\?#@*].*"))
                .map(PageUrl::host)
                .orElseThrow(() ->
                        new InvalidInputException("host", LocalizedText.of("caches.host", PrintableText.quote(typed))));
    }

    /** Number of requests to a cache. */
    public int count() {
        return isByTag() ? batches.size() : Math.max(1, selection.count());
    }

    /** @param number 0 for the first */
    public PurgeScope get(int number) {
        return switch (selection.type()) {
            case ALL -> host.isEmpty() ? PurgeScope.everything() : new PurgeScope(host, "/", Match.PREFIX);
            case TAGS -> PurgeScope.tagged(host, batches.get(number));
            default -> pages(selection, host, selection.values().get(number));
        };
    }

    /** The selected values of a request; none for everything. */
    List<String> values(int number) {
        if (isByTag()) {
            return batches.get(number);
        }
        return selection.isAll() ? List.of() : List.of(selection.values().get(number));
    }

    /** How many selected values a request is for, 1 for everything. */
    int units(int number) {
        return isByTag() ? batches.get(number).size() : 1;
    }

    /** The same of all requests to an instance. */
    int units() {
        return Math.max(1, selection.count());
    }

    private static PurgeScope pages(PurgeSelection selection, String host, String value) {
        return switch (selection.type()) {
            case PATHS -> new PurgeScope(host, value, Match.EXACT);
            case URLS -> url(value, Match.EXACT);
            case PREFIXES ->
                value.startsWith("/")
                        ? new PurgeScope(host, value, Match.PREFIX)
                        : url(SCHEME.matcher(value).find() ? value : "http://" + value, Match.PREFIX);
            case TAGS, HOSTS, ALL -> throw new IllegalArgumentException("caches know no " + selection.type());
        };
    }

    private static PurgeScope url(String url, Match match) {
        PageUrl page = PageUrl.of(url).orElseThrow();
        return new PurgeScope(page.host(), page.target(), match);
    }
}
