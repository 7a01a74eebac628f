package io.jenkins.plugins.cachepurge.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Bodies of forms as strict services read them: with their content type, and no name twice. */
final class SimForm {

    private SimForm() {}

    /** The decoded fields; empty if the body is no such form. */
    static Optional<Map<String, String>> parse(SimRequest request) {
        String type = request.header("Content-Type").orElse("").split(";", 2)[0].strip();
        if (!type.equals("application/x-www-form-urlencoded")) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : request.bodyText().split("&")) {
            String[] sides = field.split("=", 2);
            if (sides.length < 2 || fields.put(decode(sides[0]), decode(sides[1])) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(fields);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
