package io.jenkins.plugins.cachepurge.simulator;

import java.time.Instant;
import java.util.List;

/**
 * An invalidation that a {@link GoogleCdnSimulator} has begun.
 *
 * @param path empty for any
 * @param host empty for any
 * @param tags none for any
 */
public record RecordedGoogleInvalidation(
        String requestId, String operation, String path, String host, List<String> tags, Instant at) {

    /** Copies its arguments. */
    public RecordedGoogleInvalidation {
        tags = List.copyOf(tags);
    }

    /** What it selects, such as {@code www.example.org/blog/*}. */
    public String selects() {
        return host + path + (tags.isEmpty() ? "" : tags.toString());
    }
}
