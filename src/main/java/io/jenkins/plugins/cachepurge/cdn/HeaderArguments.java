package io.jenkins.plugins.cachepurge.cdn;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * Headers in a Jenkinsfile, which is a map there and a list of lines elsewhere: Configuration as Code does not support
 * maps.
 */
final class HeaderArguments {

    private HeaderArguments() {}

    /** Arguments with the lines of a map of headers. */
    static Map<String, Object> toLines(String parameter, Map<String, Object> arguments) {
        if (!(arguments.get(parameter) instanceof Map<?, ?> headers)) {
            return arguments;
        }
        Map<String, Object> converted = new HashMap<>(arguments);
        List<String> lines = headers.entrySet().stream()
                .map(header -> "%s: %s".formatted(header.getKey(), Objects.toString(header.getValue(), "")))
                .toList();
        converted.put(parameter, lines);
        return converted;
    }

    /** The same in the other direction, if each line is a header. */
    static UninstantiatedDescribable toMap(String parameter, UninstantiatedDescribable described) {
        if (!(described.getArguments().get(parameter) instanceof List<?> lines)) {
            return described;
        }
        Map<String, Object> headers = new LinkedHashMap<>();
        for (Object line : lines) {
            String[] header = String.valueOf(line).split(":", 2);
            if (header.length == 1 || headers.put(header[0].trim(), header[1].trim()) != null) {
                return described;
            }
        }
        Map<String, Object> arguments = new TreeMap<>(described.getArguments());
        arguments.put(parameter, headers);
        UninstantiatedDescribable converted =
                new UninstantiatedDescribable(described.getSymbol(), described.getKlass(), arguments);
        converted.setModel(described.getModel());
        return converted;
    }
}
