package io.jenkins.plugins.cachepurge.simulator;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request as a service sees it.
 *
 * @param method as sent, usually upper case
 * @param path not decoded, starts with a slash, without the query
 * @param query decoded names and values
 * @param headers names in lower case
 * @param body empty if there was none
 * @param target path and query as they stand in the request line
 */
public record SimRequest(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        byte[] body,
        String target) {

    /** Copies its arguments and puts header names in lower case. */
    public SimRequest {
        query = query.entrySet().stream()
                .collect(toUnmodifiableMap(Map.Entry::getKey, parameter -> List.copyOf(parameter.getValue())));
        headers = headers.entrySet().stream()
                .collect(toUnmodifiableMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        header -> List.copyOf(header.getValue()),
                        SimRequest::joined));
        body = body.clone();
    }

    /** A request whose query's own spelling is of no interest. */
    public SimRequest(
            String method,
            String path,
            Map<String, List<String>> query,
            Map<String, List<String>> headers,
            byte[] body) {
        this(method, path, query, headers, body, path);
    }

    /** Takes path and query out of a URI as it stands in the request line. */
    public static SimRequest of(String method, URI uri, Map<String, List<String>> headers, byte[] body) {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new SimRequest(
                method, uri.getRawPath(), decoded(uri.getRawQuery()), headers, body, uri.getRawPath() + query);
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    /** The first value of a header; the name's case does not matter. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** The first value of a query parameter. */
    public Optional<String> query(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The body read as UTF-8. */
    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Whether the content type is JSON, whatever its parameters. */
    boolean hasJsonContent() {
        return header("Content-Type")
                .map(type -> type.split(";", 2)[0].strip())
                .filter("application/json"::equalsIgnoreCase)
                .isPresent();
    }

    /** Method and path only: headers and query may carry secrets, and this ends up in test reports. */
    @Override
    public String toString() {
        return method + " " + path;
    }

    private static Map<String, List<String>> decoded(String rawQuery) {
        Map<String, List<String>> decoded = new LinkedHashMap<>();
        if (rawQuery == null || rawQuery.isEmpty()) {
            return decoded;
        }
        for (String pair : rawQuery.split("&")) {
            String[] sides = pair.split("=", 2);
            String value = sides.length == 2 ? sides[1] : "";
            decoded.computeIfAbsent(decode(sides[0]), name -> new ArrayList<>()).add(decode(value));
        }
        return decoded;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static List<String> joined(List<String> some, List<String> others) {
        List<String> all = new ArrayList<>(some);
        all.addAll(others);
        return List.copyOf(all);
    }
}
