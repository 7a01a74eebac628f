package io.jenkins.plugins.cachepurge.simulator;

import java.time.Instant;
import java.util.List;

/**
 * A purge that an {@link AzureSimulator} has begun.
 *
 * @param domains none for the endpoint's own
 */
public record RecordedAzurePurge(String operation, List<String> paths, List<String> domains, Instant at) {

    /** Copies its arguments. */
    public RecordedAzurePurge {
        paths = List.copyOf(paths);
        domains = List.copyOf(domains);
    }
}
