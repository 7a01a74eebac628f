package io.jenkins.plugins.cachepurge.simulator;

import java.time.Instant;
import java.util.List;

/**
 * A purge that a {@link FastlySimulator} has done.
 *
 * @param serviceId empty for an URL, which names no service
 * @param by {@code all}, {@code keys} or {@code url}
 * @param values the surrogate keys, or the URL as the API's path names it; empty for {@code all}
 * @param soft whether it was marked stale only
 */
public record RecordedFastlyPurge(String serviceId, String by, List<String> values, boolean soft, Instant at) {

    /** Copies its arguments. */
    public RecordedFastlyPurge {
        values = List.copyOf(values);
    }
}
