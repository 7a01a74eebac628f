package io.jenkins.plugins.cachepurge.client.http;

import java.io.Serializable;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * The base URL of a service's API: absolute, http or https, without user info, query or fragment. Two of them are
 * equal when they mean the same place, however they are spelled.
 */
public final class ApiUrl implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String url;

    /** Parsing costs more than the rest of what is done for a poll; null after this was read from a file. */
    private transient volatile HttpUrl parsed;

    private ApiUrl(HttpUrl url) {
        String text = url.toString();
        this.url = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** @throws IllegalArgumentException where it is no such URL; says why without quoting what may be a password */
    public static ApiUrl of(String text) {
        HttpUrl url = HttpUrl.parse(text);
        if (url == null) {
            throw new IllegalArgumentException("must be an absolute URL, as https://api.example.org");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw new IllegalArgumentException("must not hold a user name or password: use credentials");
        }
        if (url.query() != null || url.fragment() != null) {
            throw new IllegalArgumentException("must not hold a query (?) or fragment (#)");
        }
        if (url.pathSegments().stream().anyMatch(segment -> segment.contains("/") || segment.contains("\\"))) {
            throw new IllegalArgumentException("must not hold an encoded slash");
        }
        return new ApiUrl(url);
    }

    private HttpUrl parsed() {
        HttpUrl known = parsed;
        if (known == null) {
            known = HttpUrl.get(url);
            parsed = known;
        }
        return known;
    }

    /**
     * The URL of something below this one.
     *
     * @param segments its path, unencoded; a slash inside one is encoded
     * @throws IllegalArgumentException for an empty segment, or one that would climb ("..")
     */
    public HttpUrl resolve(String... segments) {
        HttpUrl.Builder builder = parsed().newBuilder();
        for (String segment : segments) {
            if (segment.isBlank() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("'%s' cannot be part of an URL".formatted(segment));
            }
            builder.addPathSegment(segment);
        }
        return builder.build();
    }

    /** True where the other is this URL or one below it on the same scheme, host and port. */
    public boolean contains(ApiUrl other) {
        HttpUrl mine = parsed();
        HttpUrl theirs = other.parsed();
        return mine.scheme().equals(theirs.scheme())
                && mine.host().equals(theirs.host())
                && mine.port() == theirs.port()
                && startsWith(theirs.encodedPathSegments(), mine.encodedPathSegments());
    }

    private static boolean startsWith(List<String> path, List<String> start) {
        List<String> wanted = start.equals(List.of("")) ? List.of() : start;
        return path.size() >= wanted.size() && path.subList(0, wanted.size()).equals(wanted);
    }

    /** True where it names a server only. */
    public boolean hasNoPath() {
        return HttpUrl.get(url).encodedPath().equals("/");
    }

    /** True for plain http, over which credentials can be read on the way. */
    public boolean isPlainHttp() {
        return !parsed().isHttps();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ApiUrl that && url.equals(that.url);
    }

    @Override
    public int hashCode() {
        return url.hashCode();
    }

    /** The URL without a trailing slash. */
    @Override
    public String toString() {
        return url;
    }
}
