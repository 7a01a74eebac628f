package io.jenkins.plugins.cachepurge.operation.purge;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Numbers of requests of a purge by their status.
 *
 * @param counts by the status, in the order in which it was met first
 */
public record StatusCounts(Map<String, Long> counts) implements Serializable {

    /** No requests. */
    public static final StatusCounts NONE = new StatusCounts(Map.of());

    /** @param statuses the status of each request */
    public static StatusCounts of(Stream<String> statuses) {
        return new StatusCounts(
                statuses.collect(Collectors.groupingBy(word -> word, LinkedHashMap::new, Collectors.counting())));
    }

    /** Whether they differ. */
    public boolean isMixed() {
        return counts.size() > 1;
    }

    /** Number of requests. */
    public int total() {
        return (int) counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The status of the first, if there are requests. */
    public String first() {
        return counts.keySet().iterator().next();
    }

    /**
     * The same with what is counted and its total, such as "3 of 5 purge requests done, 2 pending".
     *
     * @param counted in the plural
     */
    public String ofAll(String counted) {
        String whole = " of %d %s ".formatted(total(), counted);
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + (entry.getKey().equals(first()) ? whole : " ") + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    /** Such as "3 done, 2 pending"; without a number for a single request. */
    @Override
    public String toString() {
        if (counts.size() == 1 && counts.containsValue(1L)) {
            return first();
        }
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
