package io.jenkins.plugins.cachepurge.client.http;

import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Where visitors find a page: an absolute URL, http or https, without user info and fragment.
 *
 * @param url as it is sent, which may be encoded otherwise than it was typed
 */
public record PageUrl(HttpUrl url) {

    /** @return empty where the text is no such URL */
    public static Optional<PageUrl> of(String text) {
        return Optional.ofNullable(HttpUrl.parse(text))
                .filter(url -> url.username().isEmpty() && url.password().isEmpty() && url.fragment() == null)
                .map(PageUrl::new);
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

    /** As browsers send it, from the scheme on. */
    public String text() {
        return url.toString();
    }

    /** As browsers send it, from the host on. */
    public String withoutScheme() {
        return url.toString().substring(url.scheme().length() + "://".length());
    }

    /** As browsers send it to the host: the path, with its query. */
    public String path() {
        String query = url.encodedQuery();
        return query == null ? url.encodedPath() : url.encodedPath() + "?" + query;
    }

    /** The host as in a Host header: with the port where it is not the scheme's own. */
    public String host() {
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? url.host() : url.host() + ":" + url.port();
    }
}
