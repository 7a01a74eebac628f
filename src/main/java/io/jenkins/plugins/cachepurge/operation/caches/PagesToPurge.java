package io.jenkins.plugins.cachepurge.operation.caches;

import io.jenkins.plugins.cachepurge.client.caches.CachedPages;
import io.jenkins.plugins.cachepurge.client.caches.CachedPages.Reach;
import io.jenkins.plugins.cachepurge.operation.Advice;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.io.Serializable;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * What was chosen, as the requests that caches understand: each is about a path of some host.
 *
 * @param host of paths and prefixes that name none, and of everything; empty for that of the cache's own URL
 */
public record PagesToPurge(PurgeSelection what, String host) implements Serializable {

    private static final Pattern SCHEME = Pattern.compile("^https?://", Pattern.CASE_INSENSITIVE);
    private static final Pattern CLIMBS = Pattern.compile("/(\\.|%2[eE]){1,2}(/|$)");

    /** @throws InvalidInputException where a cache would understand something else than was typed */
    public PagesToPurge {
        for (String value : what.values()) {
            pages(what, host, value);
        }
    }

    /** The host of pages, as in an URL: without scheme and path, with the port where it is an unusual one. */
    public static String host(String text) {
        String typed = new Input("host", text).required();
        HttpUrl url = HttpUrl.parse("http://" + typed);
        if (url == null || typed.matches(".*[/\\\\?#@].*")) {
            throw new InvalidInputException("host", Advice.of("caches.host", Input.shown(typed)));
        }
        return host(url);
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
            case PATHS -> new CachedPages(host, target(what, value, "http://any" + value), Reach.PAGE);
            case URLS -> page(what, value, value, Reach.PAGE);
            case PREFIXES -> prefix(what, host, value);
            case TAGS, HOSTS, ALL -> throw new IllegalArgumentException("caches know no " + what.kind());
        };
    }

    private static CachedPages prefix(PurgeSelection what, String host, String value) {
        if (value.startsWith("/")) {
            return new CachedPages(host, target(what, value, "http://any" + value), Reach.PREFIX);
        }
        String url = SCHEME.matcher(value).find() ? value : "http://" + value;
        return page(what, value, url, Reach.PREFIX);
    }

    private static CachedPages page(PurgeSelection what, String value, String url, Reach reach) {
        String target = target(what, value, url);
        return new CachedPages(host(HttpUrl.get(url)), target, reach);
    }

    /** As browsers, OkHttp resolves what climbs, and turns a backslash: then another page would be meant than was typed. */
    private static String target(PurgeSelection what, String value, String text) {
        HttpUrl url = HttpUrl.parse(text);
        String path = SCHEME.matcher(text).replaceFirst("").replaceAll("[?#].*", "");
        boolean kept = url != null
                && url.fragment() == null
                && url.username().isEmpty()
                && url.password().isEmpty()
                && !CLIMBS.matcher(path).find()
                && !path.contains("\\");
        if (!kept) {
            throw new InvalidInputException(
                    what.kind().parameter(), Advice.of("caches.page", value.contains("@") ? "…" : Input.shown(value)));
        }
        return url.encodedQuery() == null ? url.encodedPath() : url.encodedPath() + "?" + url.encodedQuery();
    }

    /** As in a {@code Host} header. */
    private static String host(HttpUrl url) {
        String name = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? name : name + ":" + url.port();
    }
}
