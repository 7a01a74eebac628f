package io.jenkins.plugins.cachepurge.simulator;

import java.time.Instant;
import java.util.List;

/**
 * A purge that a {@link KeyCdnSimulator} has done.
 *
 * @param by {@code all}, {@code urls} or {@code tags}
 * @param values empty for {@code all}
 */
public record RecordedKeyCdnPurge(String zoneId, String by, List<String> values, Instant at) {

    /** Copies its arguments. */
    public RecordedKeyCdnPurge {
        values = List.copyOf(values);
    }
}
