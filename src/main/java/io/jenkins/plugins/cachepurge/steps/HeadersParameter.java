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
            if (!(one instanceof Map<?, ?> map)) {
                return Optional.empty();
            }
            maps.add(texts(map));
        }
        return Optional.of(maps);
    }

    static LinkedHashMap<String, String> texts(Map<?, ?> map) {
        LinkedHashMap<String, String> texts = new LinkedHashMap<>();
        map.forEach((name, value) -> texts.put(String.valueOf(name), value == null ? "" : value.toString()));
        return texts;
    }
}
