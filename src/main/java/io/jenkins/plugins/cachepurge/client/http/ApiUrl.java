package io.jenkins.plugins.cachepurge.client.http;

import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * Base URL of a service's API: absolute, http or https, without user info, query or fragment. Equal URLs may be spelled
 * differently.
 */
public final class ApiUrl implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final String EXAMPLE = "https://api.example.org";
    private static final Pattern DOTS = Pattern.compile("\\.{1,2}(;.*)?", Pattern.DOTALL);
    private static final Pattern ENCODED = Pattern.compile("%([0-9a-fA-F]{2})");

    private final String url;

    /** Cache: parsing costs more than the rest of a poll. Null after deserialization. */
    private transient volatile HttpUrl parsed;

    private ApiUrl(HttpUrl url) {
        String text = url.toString();
        this.url = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** @throws IllegalArgumentException if it is not such a URL; does not quote what may be a password */
    public static ApiUrl of(String text) {
        HttpUrl url = HttpUrl.parse(text);
        Optional<Fault> fault = fault(text, url);
        if (fault.isPresent()) {
            throw new IllegalArgumentException(fault.get().message);
        }
        return new ApiUrl(url);
    }

    /** @throws InvalidInputException if it is not such a URL; does not quote what may be a password */
    public static ApiUrl of(InputField field) {
        return of(field, EXAMPLE);
    }

    /**
     * The same for a URL that is not one of an API.
     *
     * @param example for the message
     * @throws InvalidInputException if it is not such a URL; does not quote what may be a password
     */
    public static ApiUrl of(InputField field, String example) {
        String text = field.required();
        HttpUrl url = HttpUrl.parse(text);
        Optional<Fault> fault = text.contains("@") ? Optional.of(Fault.USER_INFO) : fault(text, url);
        if (fault.isPresent()) {
            throw new InvalidInputException(
                    field.field(), LocalizedText.of(fault.get().key, PrintableText.quote(text), example));
        }
        return new ApiUrl(url);
    }

    /** Reason why a URL is refused. */
    private enum Fault {
        NOT_ABSOLUTE("apiUrl", "must be an absolute URL, such as https://api.example.org"),
        USER_INFO("apiUrl.userInfo", "must not contain a user name or password; use credentials"),
        QUERY("apiUrl.query", "must not contain a query (?) or fragment (#)"),
        STAR("apiUrl.star", "must not contain *; a URL includes those below it, and each host needs one of its own"),
        PATH("apiUrl.path", "must not contain the segments . and .., a backslash or an encoded slash");

        private final String key;
        private final String message;

        Fault(String key, String message) {
            this.key = key;
            this.message = message;
        }
    }

    private static Optional<Fault> fault(String text, HttpUrl url) {
        if (url == null) {
            return Optional.of(text.contains("?") || text.contains("#") ? Fault.QUERY : Fault.NOT_ABSOLUTE);
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            return Optional.of(Fault.USER_INFO);
        }
        if (url.query() != null || url.fragment() != null) {
            return Optional.of(Fault.QUERY);
        }
        if (text.contains("*") || url.host().contains("*")) {
            return Optional.of(Fault.STAR);
        }
        return climbs(text) ? Optional.of(Fault.PATH) : Optional.empty();
    }

    /**
     * True if some server resolves it to a URL above: browsers read a backslash as a slash, other servers decode a
     * segment before they resolve dots, or cut it at a semicolon (RFC 3986, 3.3).
     */
    private static boolean climbs(String text) {
        return text.contains("\\")
                || Stream.of(text.split("/"))
                        .map(ApiUrl::decoded)
                        .anyMatch(segment -> segment.contains("/") || segment.contains("\\") || isDots(segment));
    }

    private static boolean isDots(String segment) {
        return DOTS.matcher(segment).matches();
    }

    /** A segment as the most eager server reads it. */
    private static String decoded(String segment) {
        String decoded = segment;
        for (String next = decodedOnce(decoded); !next.equals(decoded); next = decodedOnce(next)) {
            decoded = next;
        }
        return decoded;
    }

    private static String decodedOnce(String segment) {
        return ENCODED.matcher(segment).replaceAll(hex -> {
            char c = (char) Integer.parseInt(hex.group(1), 16);
            return Matcher.quoteReplacement(Character.toString(c));
        });
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
     * A URL below this one.
     *
     * @param segments its path, unencoded; a slash inside one is encoded
     * @throws IllegalArgumentException for an empty segment, or one that would climb (".." or "..;")
     */
    public HttpUrl resolve(String... segments) {
        HttpUrl.Builder builder = parsed().newBuilder();
        for (String segment : segments) {
            if (segment.isBlank() || isDots(segment)) {
                throw new IllegalArgumentException("'%s' cannot be part of a URL".formatted(segment));
            }
            builder.addPathSegment(segment);
        }
        return builder.build();
    }

    /** The same URL at this one's scheme, host and port. */
    HttpUrl place(HttpUrl url) {
        HttpUrl mine = parsed();
        return url.newBuilder()
                .scheme(mine.scheme())
                .host(mine.host())
                .port(mine.port())
                .build();
    }

    /** True if the other is this URL or one below it on the same scheme, host and port. */
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

    /** True for https, at its usual port, on a host below a domain such as {@code example.org}. */
    public boolean isHttpsBelow(String domain) {
        HttpUrl url = parsed();
        return url.isHttps()
                && url.port() == HttpUrl.defaultPort("https")
                && url.host().endsWith("." + domain);
    }

    /** Whether a text is the name of a host, or an address. */
    public static boolean isHost(String text) {
        try {
            return !new HttpUrl.Builder()
                    .scheme("http")
                    .host(text)
                    .build()
                    .host()
                    .isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * The same URL at another host.
     *
     * @param host a name or an address
     * @return empty if it is neither
     */
    public Optional<ApiUrl> withHost(String host) {
        try {
            return Optional.of(new ApiUrl(parsed().newBuilder().host(host).build()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether its host is an address instead of a name. */
    public boolean isAtAddress() {
        return CheckedDns.isLiteral(parsed().host());
    }

    /** True if it has no path. */
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
