package io.jenkins.plugins.cachepurge.simulator;

import java.time.Instant;
import java.util.List;

/**
 * A purge that a {@link KeyCdnSimulator} has done.
 *
 * @param by {@code all}, {@code urls} or {@code tags}
 * @param values empty for {@code all}
 */
public record KeyCdnPurge(String zoneId, String by, List<String> values, Instant at) {

    /** Copies its arguments. */
    public KeyCdnPurge {
        values = List.copyOf(values);
    }
}
