package io.jenkins.plugins.cachepurge.operation.purge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many of the requests of a purge have which status.
 *
 * @param counts by the status, in the order in which it was met first
 */
public record StatusCounts(Map<String, Long> counts) {

    /** @param words the status of each request */
    public static StatusCounts of(Stream<String> words) {
        return new StatusCounts(
                words.collect(Collectors.groupingBy(word -> word, LinkedHashMap::new, Collectors.counting())));
    }

    /** Whether they differ. */
    public boolean mixed() {
        return counts.size() > 1;
    }

    /** As "3 done, 2 pending"; without a number where there is one request. */
    @Override
    public String toString() {
        if (counts.size() == 1 && counts.containsValue(1L)) {
            return counts.keySet().iterator().next();
        }
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
