package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.io.Serializable;
import java.util.Map;

/**
 * Numbers of requests of a purge by their status.
 *
 * @param counts by the status, in the order in which it was met first
 */
public record StatusCounts(Map<String, Long> counts) implements Serializable {

    /** No requests. */
    public static final StatusCounts NONE = new StatusCounts(Map.of());

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

    /** Such as "3 done, 2 pending". */
    LocalizedText text() {
        return LocalizedText.list(counts.entrySet().stream()
                .map(entry -> LocalizedText.of("text.count", entry.getValue(), PurgeStatusText.of(entry.getKey()))));
    }
}
