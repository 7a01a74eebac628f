package io.jenkins.plugins.cachepurge.client.http;

import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * URL of a page for visitors: absolute, http or https, without user info and fragment.
 *
 * @param url in the encoding in which it is sent
 */
public record PageUrl(HttpUrl url) {

    private static final Pattern CLIMBS = Pattern.compile("/(\\.|%2[eE]){1,2}(/|$)");

    /** @return empty if the text is not such a URL */
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

    /** The URL with its scheme, in the encoding of browsers. */
    public String text() {
        return url.toString();
    }

    /** The URL without its scheme, in the encoding of browsers. */
    public String withoutScheme() {
        return url.toString().substring(url.scheme().length() + "://".length());
    }

    /** The host as in a Host header: with the port if it is not the scheme's default. */
    public String host() {
        String name = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? name : name + ":" + url.port();
    }
}
