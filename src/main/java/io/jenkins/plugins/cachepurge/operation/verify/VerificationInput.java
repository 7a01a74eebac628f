package io.jenkins.plugins.cachepurge.operation.verify;

import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.HeaderInput;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks of what a job expects of pages. Each throws an {@link InvalidInputException} that names the parameter. */
public final class VerificationInput {

    /** Maximum number of good answers in a row. */
    public static final int MAX_TIMES = 100;

    /** Maximum number of pages, variants included. */
    public static final int MAX_PAGES = 10_000;

    public static final int MIN_STATUS = 200;
    public static final int MAX_STATUS = 599;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern ETAG = Pattern.compile("(W/)?(\"[!#-~]*\"|[!#-~]+)");
    private static final Pattern ABSOLUTE = Pattern.compile("([/\\\\]|[A-Za-z]:).*", Pattern.DOTALL);
    private static final String INDEX = "index.html";
    private static final Instant FIRST_WEBSITE = Instant.parse("1990-12-20T00:00:00Z");

    /** Headers that would ask for another page than visitors get, or hold secrets. */
    private static final Set<String> NOT_SENT = Set.of(
            "authorization",
            "cookie",
            "cache-control",
            "pragma",
            "if-match",
            "if-none-match",
            "if-modified-since",
            "if-unmodified-since",
            "if-range");

    private VerificationInput() {}

    /** The page at a URL. */
    public static PageUrl page(LocalizedText where, String url) {
        return PageUrl.of(onePage(SelectionType.URLS, where, url)).orElseThrow();
    }

    /** Path and query of a page, as browsers send them. */
    public static String path(LocalizedText where, String path) {
        return onePage(SelectionType.PATHS, where, path);
    }

    /** A purge may take a star for a wildcard. What may contain a password is refused before it could be quoted. */
    private static String onePage(SelectionType type, LocalizedText where, String text) {
        String page = type.entered(where, text);
        if (PurgeCapabilities.hasStar(type, page)) {
            throw new InvalidInputException(
                    type.parameter(), LocalizedText.of("verify.star", where, PrintableText.quote(page)));
        }
        return page;
    }

    /** A digest in lower case. */
    public static String sha256(String digest) {
        return new InputField("sha256", digest)
                .matching(SHA256, "verify.sha256")
                .toLowerCase(Locale.ROOT);
    }

    /**
     * An entity tag, with or without {@code W/} and quotes.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110.html#section-8.8.3">RFC 9110, 8.8.3: ETag</a>
     */
    public static String etag(String tag) {
        return new InputField("etag", tag).matching(ETAG, "verify.etag");
    }

    /** Headers of answers, with the values that they must have. */
    public static Map<String, String> headers(Map<?, ?> headers) {
        Map<String, String> checked = new LinkedHashMap<>();
        headers.forEach(
                (name, value) -> checked.put(HeaderInput.name("headers", name), HeaderInput.value("headers", value)));
        return checked;
    }

    /** Headers of requests. */
    public static Map<String, String> requestHeaders(Map<?, ?> headers) {
        Map<String, String> checked = new LinkedHashMap<>();
        headers.forEach((key, value) -> {
            String name = HeaderInput.name("requestHeaders", key);
            if (HeaderInput.belongsToConnection(name) || NOT_SENT.contains(name.toLowerCase(Locale.ROOT))) {
                throw new InvalidInputException("requestHeaders", LocalizedText.of("verify.requestHeader", name));
            }
            checked.put(name, HeaderInput.value("requestHeaders", value));
        });
        return checked;
    }

    /**
     * Headers in a text with one per line, such as "Accept-Language: de".
     *
     * @param field the parameter
     */
    public static Map<String, String> headerLines(String field, String text) {
        return HeaderInput.lines(field, text);
    }

    /** Several sets of such lines, with an empty line between two. */
    public static List<Map<String, String>> headerBlocks(String field, String text) {
        return Stream.of(text.replace("\r", "").split("\n\\s*\n"))
                .filter(block -> !block.isBlank())
                .map(block -> headerLines(field, block))
                .toList();
    }

    /** A time: milliseconds since 1970, or a text in ISO 8601. */
    public static Instant time(String time) {
        try {
            String text = time.trim();
            return notBeforeTheWeb(
                    text.matches("-?\\d{1,15}") ? Instant.ofEpochMilli(Long.parseLong(text)) : Instant.parse(text));
        } catch (DateTimeException e) {
            throw new InvalidInputException(
                    "newerThan", LocalizedText.of("verify.newerThan", PrintableText.quote(time)));
        }
    }

    /** Seconds since 1970, taken for milliseconds, would be such a time, and every page is newer. */
    private static Instant notBeforeTheWeb(Instant time) {
        if (time.isBefore(FIRST_WEBSITE)) {
            throw new InvalidInputException("newerThan", LocalizedText.of("verify.tooOld", time));
        }
        return time;
    }

    /** Path of a file or directory, relative to that of the step, with slashes. */
    public static String relativePath(String field, String path) {
        String text = new InputField(field, path).required();
        boolean climbs = List.of(text.split("[/\\\\]")).contains("..");
        if (climbs || ABSOLUTE.matcher(text).matches()) {
            throw new InvalidInputException(field, LocalizedText.of("verify.path", PrintableText.quote(text)));
        }
        return text.replace('\\', '/');
    }

    /**
     * The file that stands for a page in a directory, relative to it: the path of the page, and {@code index.html} for
     * that of a directory.
     */
    public static String fileOf(PageUrl page) {
        String root = page.origin().toString();
        List<String> names = new ArrayList<>(PageUrl.behind(root.substring(0, root.length() - 1), page.target())
                .pathSegments());
        boolean wrong = names.subList(0, names.size() - 1).contains("")
                || names.stream().anyMatch(VerificationInput::isNoName);
        if (wrong) {
            throw new InvalidInputException("dir", LocalizedText.of("verify.noFile", PrintableText.quote(page.text())));
        }
        String last = names.remove(names.size() - 1);
        names.add(last.isEmpty() ? INDEX : last);
        return String.join("/", names);
    }

    private static boolean isNoName(String name) {
        return name.equals(".")
                || name.equals("..")
                || name.contains("/")
                || name.contains("\\")
                || name.codePoints().anyMatch(PrintableText::isInvisible);
    }
}
