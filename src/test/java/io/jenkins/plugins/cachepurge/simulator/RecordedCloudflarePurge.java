package io.jenkins.plugins.cachepurge.simulator;

import java.time.Instant;
import java.util.List;

/**
 * A purge that a {@link CloudflareSimulator} took.
 *
 * @param by the body's field: {@code files}, {@code tags}, {@code hosts}, {@code prefixes} or {@code purge_everything}
 * @param values empty for {@code purge_everything}
 * @param soft whether it was invalidated, not purged
 */
public record RecordedCloudflarePurge(String zoneId, String by, List<String> values, boolean soft, Instant at) {

    /** Copies its arguments. */
    public RecordedCloudflarePurge {
        values = List.copyOf(values);
    }
}
