package io.jenkins.plugins.cachepurge.steps;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Headers as a Jenkinsfile gives them. What cannot be used is found out when the step starts: an exception while its
 * parameters are set would end the build with a stack trace.
 */
final class HeadersParameter {

    private HeadersParameter() {}

    /**
     * Reads a parameter.
     *
     * @param value a map of names and values, a list of such maps, or null for none
     * @return the maps; empty if it is something else
     */
    static Optional<ArrayList<LinkedHashMap<String, String>>> read(Object value) {
        List<?> all = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        ArrayList<LinkedHashMap<String, String>> maps = new ArrayList<>();
        for (Object one : all) {
            Optional<LinkedHashMap<String, String>> texts =
                    one instanceof Map<?, ?> map ? texts(map) : Optional.empty();
            if (texts.isEmpty()) {
                return Optional.empty();
            }
            maps.add(texts.get());
        }
        return Optional.of(maps);
    }

    /** The names and values; empty if a value is null, or has several values itself. */
    static Optional<LinkedHashMap<String, String>> texts(Map<?, ?> map) {
        LinkedHashMap<String, String> texts = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (isText(value)) {
                texts.put(String.valueOf(name), value.toString());
            }
        });
        return Optional.of(texts).filter(all -> all.size() == map.size());
    }

    private static boolean isText(Object value) {
        return value instanceof CharSequence || value instanceof Number || value instanceof Boolean;
    }
}
