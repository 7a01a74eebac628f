package io.jenkins.plugins.cachepurge.client.http;

import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Where visitors find a page: an absolute URL, http or https, without user info and fragment.
 *
 * @param url as it is sent, which may be encoded otherwise than it was typed
 */
public record PageUrl(HttpUrl url) {

    private static final Pattern CLIMBS = Pattern.compile("/(\\.|%2[eE]){1,2}(/|$)");

    /** @return empty where the text is no such URL */
    public static Optional<PageUrl> of(String text) {
        return Optional.ofNullable(HttpUrl.parse(text))
                .filter(url -> url.username().isEmpty() && url.password().isEmpty() && url.fragment() == null)
                .map(PageUrl::new);
    }

    /**
     * @return empty also for a URL that browsers resolve to that of another page: with a segment "." or "..", or with a
     *     backslash
     */
    public static Optional<PageUrl> ofLiteral(String text) {
        String path = text.split("[?#]", 2)[0];
        return path.contains("\\") || CLIMBS.matcher(path).find() ? Optional.empty() : of(text);
    }

    /** True for the name or address of a host, without scheme, port and path. */
    public static boolean isHost(String text) {
        return !text.contains("/")
                && !text.contains("*")
                && of("https://" + text)
                        .filter(page -> page.url.host().equalsIgnoreCase(text))
                        .isPresent();
    }

    /** True for a host and perhaps a path, without scheme, port, query and fragment. */
    public static boolean isHostAndPath(String text) {
        return isHost(text.split("/", 2)[0])
                && of("https://" + text)
                        .filter(page -> page.url.query() == null)
                        .isPresent();
    }

    /** Path and query, as browsers send them. */
    public String pathAndQuery() {
        return url.encodedQuery() == null ? url.encodedPath() : url.encodedPath() + "?" + url.encodedQuery();
    }

    /** As browsers send it, from the scheme on. */
    public String text() {
        return url.toString();
    }

    /** As browsers send it, from the host on. */
    public String withoutScheme() {
        return url.toString().substring(url.scheme().length() + "://".length());
    }

    /** The host as in a Host header: with the port where it is not the scheme's own. */
    public String host() {
        String name = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? name : name + ":" + url.port();
    }
}
