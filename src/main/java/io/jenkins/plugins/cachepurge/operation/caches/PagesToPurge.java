package io.jenkins.plugins.cachepurge.operation.caches;

import io.jenkins.plugins.cachepurge.client.caches.CachedPages;
import io.jenkins.plugins.cachepurge.client.caches.CachedPages.Reach;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.operation.Advice;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * What was chosen, as the requests that caches understand: each is about a path of some host.
 *
 * @param host of paths and prefixes that name none, and of everything; empty for that of the cache's own URL
 */
public record PagesToPurge(PurgeSelection what, String host) implements Serializable {

    private static final Pattern SCHEME = Pattern.compile("^https?://", Pattern.CASE_INSENSITIVE);

    /** @throws InvalidInputException where a cache would understand something else than was typed */
    public PagesToPurge {
        for (String value : what.values()) {
            pages(what, host, value);
        }
    }

    /** The host of pages, as in an URL: without scheme and path, with the port where it is an unusual one. */
    public static String host(String text) {
        String typed = new Input("host", text).required();
        return PageUrl.of("http://" + typed)
                .filter(url -> !typed.matches(".*[/\\\\?#@].*"))
                .map(PageUrl::host)
                .orElseThrow(() -> new InvalidInputException("host", Advice.of("caches.host", Input.shown(typed))));
    }

    /** How many requests a cache is sent. */
    public int count() {
        return Math.max(1, what.count());
    }

    /** @param number 0 for the first */
    public CachedPages get(int number) {
        return switch (what.kind()) {
            case ALL -> host.isEmpty() ? CachedPages.everything() : new CachedPages(host, "/", Reach.PREFIX);
            default -> pages(what, host, what.values().get(number));
        };
    }

    private static CachedPages pages(PurgeSelection what, String host, String value) {
        return switch (what.kind()) {
            case PATHS -> path(what, host, value, Reach.PAGE);
            case URLS -> url(what, value, value, Reach.PAGE);
            case PREFIXES -> prefix(what, host, value);
            case TAGS, HOSTS, ALL -> throw new IllegalArgumentException("caches know no " + what.kind());
        };
    }

    private static CachedPages prefix(PurgeSelection what, String host, String value) {
        if (value.startsWith("/")) {
            return path(what, host, value, Reach.PREFIX);
        }
        boolean otherScheme =
                value.matches("[^/]*://.*") && !SCHEME.matcher(value).find();
        if (otherScheme) {
            throw wrong(what, value);
        }
        return url(what, value, SCHEME.matcher(value).find() ? value : "http://" + value, Reach.PREFIX);
    }

    private static CachedPages path(PurgeSelection what, String host, String value, Reach reach) {
        return new CachedPages(
                host, url(what, value, "http://any" + value, reach).target(), reach);
    }

    private static CachedPages url(PurgeSelection what, String value, String url, Reach reach) {
        PageUrl page = PageUrl.asTyped(url).orElseThrow(() -> wrong(what, value));
        return new CachedPages(page.host(), page.target(), reach);
    }

    private static InvalidInputException wrong(PurgeSelection what, String value) {
        String shown = value.contains("@") ? "…" : Input.shown(value);
        return new InvalidInputException(what.kind().parameter(), Advice.of("caches.page", shown));
    }
}
