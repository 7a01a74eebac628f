package io.jenkins.plugins.cachepurge.client.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * URL of a page for visitors, in the spelling of browsers: absolute, http or https, without user info and fragment.
 * Existing percent-encoding is kept; characters are neither composed nor decomposed.
 *
 * @param origin scheme, host and port
 * @param target path and query, percent-encoded by the rules for URLs that browsers follow
 * @see <a href="https://url.spec.whatwg.org/#percent-encoded-bytes">URL standard: percent-encoded bytes</a>
 */
public record PageUrl(HttpUrl origin, String target) {

    private static final Pattern ABSOLUTE =
            Pattern.compile("(https?)://([^/?#]+)([^?#]*)(?:\\?([^#]*))?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern DOT_SEGMENT = Pattern.compile("/(\\.|%2[eE]){1,2}(/|$)");
    private static final Pattern HOST = Pattern.compile("[^\\s/\\\\?#@:*%\\[\\]]+");

    /** Characters that browsers encode in a path, besides control characters and all that are not ASCII; {@code |} is not one. */
    private static final String ENCODED_IN_PATH = " \"<>^`{}";

    private static final String ENCODED_IN_QUERY = " \"'<>";

    /** @return empty if the text is not such a URL, or does not {@linkplain #isUnambiguous mean one page only} */
    public static Optional<PageUrl> of(String text) {
        Matcher absolute = ABSOLUTE.matcher(text.trim());
        if (!absolute.matches() || absolute.group(2).contains("@") || !isUnambiguous(text)) {
            return Optional.empty();
        }
        HttpUrl origin = HttpUrl.parse("%s://%s/".formatted(absolute.group(1), absolute.group(2)));
        return Optional.ofNullable(origin).map(url -> new PageUrl(url, target(absolute.group(3), absolute.group(4))));
    }

    private static String target(String path, String query) {
        String encoded = path.isEmpty() ? "/" : encoded(path, ENCODED_IN_PATH);
        return query == null ? encoded : encoded + "?" + encoded(query, ENCODED_IN_QUERY);
    }

    private static String encoded(String text, String special) {
        if (text.chars().allMatch(c -> isSentAsTyped(c, special))) {
            return text;
        }
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isSentAsTyped(c, special)) {
                encoded.append((char) c);
            } else {
                for (byte each : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append("%%%02X".formatted(each));
                }
            }
        });
        return encoded.toString();
    }

    private static boolean isSentAsTyped(int character, String special) {
        return character > ' ' && character < 0x7f && special.indexOf(character) < 0;
    }

    /**
     * True unless browsers resolve the path to another one, which a cache may take as it is: with a segment "." or "..", or
     * with a backslash.
     */
    public static boolean isUnambiguous(String text) {
        String path = text.split("[?#]", 2)[0];
        return !path.contains("\\") && !DOT_SEGMENT.matcher(path).find();
    }

    /**
     * A host name in the form in which names are sent and compared: lower case, in ASCII.
     *
     * @return empty if the text is not the name of a host, or has a scheme, port or path
     */
    public static Optional<String> asciiHost(String text) {
        return Optional.of(text.trim())
                .filter(name -> HOST.matcher(name).matches())
                .map(name -> HttpUrl.parse("https://" + name))
                .map(HttpUrl::host);
    }

    /** True for a host and perhaps a path, without scheme, port, query and fragment. */
    public static boolean isHostAndPath(String text) {
        return asciiHost(text.split("/", 2)[0]).isPresent()
                && of("https://" + text)
                        .filter(page -> !page.target.contains("?"))
                        .isPresent();
    }

    /** The URL with its scheme. */
    public String text() {
        return origin.scheme() + "://" + withoutScheme();
    }

    /** The URL without its scheme. */
    public String withoutScheme() {
        return host() + target;
    }

    /** The host as in a Host header: with the port if it is not the scheme's default. */
    public String host() {
        String name = origin.host().contains(":") ? "[" + origin.host() + "]" : origin.host();
        return origin.port() == HttpUrl.defaultPort(origin.scheme()) ? name : name + ":" + origin.port();
    }

    /**
     * The URL of a request that names the page's target behind some other URL.
     *
     * @param base without query
     * @param target encoded as that of a page
     */
    public static HttpUrl behind(String base, String target) {
        HttpUrl url = HttpUrl.get(base + target);
        String path = (base + target).split("\\?", 2)[0];
        return path.contains("|") ? withBarsUnencoded(url, path) : url;
    }

    /** OkHttp encodes a vertical bar in a path, which browsers do not, and offers no public way to leave it as it is. */
    private static HttpUrl withBarsUnencoded(HttpUrl url, String path) {
        String[] segments = path.substring(path.indexOf('/', path.indexOf("://") + "://".length()) + 1)
                .split("/", -1);
        HttpUrl.Builder builder = url.newBuilder();
        for (int i = 0; i < segments.length; i++) {
            if (segments[i].contains("|")) {
                builder.getEncodedPathSegments$okhttp().set(i, segments[i]);
            }
        }
        return builder.build();
    }
}
