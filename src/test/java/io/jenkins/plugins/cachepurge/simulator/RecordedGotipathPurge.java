package io.jenkins.plugins.cachepurge.simulator;

import java.time.Instant;
import java.util.List;

/**
 * A purge that a {@link GotipathSimulator} accepted.
 *
 * @param distributionId a UUID
 * @param type {@code all}, or whatever the client sent
 * @param paths empty if the type is {@code all}
 */
public record RecordedGotipathPurge(String distributionId, String type, List<String> paths, Instant at) {

    /** Copies its arguments. */
    public RecordedGotipathPurge {
        paths = List.copyOf(paths);
    }
}
