package io.jenkins.plugins.cachepurge.input;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks of HTTP headers. Each throws an {@link InvalidInputException} that names the parameter. */
public final class HeaderInput {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t -~]*");

    /** Headers of a connection or a body, which are not those of a page. In lower case. */
    private static final Set<String> OF_CONNECTION = Set.of(
            "connection",
            "content-length",
            "content-type",
            "expect",
            "keep-alive",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent");

    private HeaderInput() {}

    /** Whether the client sets a header itself, since it belongs to the connection or the body. */
    public static boolean belongsToConnection(String name) {
        return OF_CONNECTION.contains(name.toLowerCase(Locale.ROOT));
    }

    /** A name (RFC 9110, 5.6.2). */
    public static String name(String field, Object name) {
        String text = String.valueOf(name);
        if (!NAME.matcher(text).matches()) {
            throw new InvalidInputException(field, LocalizedText.of("verify.headerName", PrintableText.quote(text)));
        }
        return text;
    }

    /** A value of printable ASCII characters, without white space around it. */
    public static String value(String field, Object value) {
        String text = value == null ? "" : value.toString().trim();
        if (!VALUE.matcher(text).matches()) {
            throw new InvalidInputException(field, LocalizedText.of("verify.headerValue", PrintableText.quote(text)));
        }
        return text;
    }

    /** Headers in a text with one per line, such as "Accept-Language: de". */
    public static Map<String, String> lines(String field, String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        InputField.nonBlankLines(text).forEach(line -> {
            Map.Entry<String, String> header = line(field, line);
            headers.put(header.getKey(), header.getValue());
        });
        return headers;
    }

    /** A header in one line; its name and value are not checked. */
    public static Map.Entry<String, String> line(String field, String line) {
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw new InvalidInputException(field, LocalizedText.of("verify.headerLine", PrintableText.quote(line)));
        }
        return Map.entry(
                line.substring(0, colon).trim(), line.substring(colon + 1).trim());
    }
}
