package io.jenkins.plugins.cachepurge.simulator;

import java.util.List;

/**
 * A purge of a route's cache that a {@link BuddySimulator} took.
 *
 * @param paths none for everything
 */
public record RecordedBuddyRoutePurge(String distributionId, String routeId, List<String> paths) {

    /** Copies its arguments. */
    public RecordedBuddyRoutePurge {
        paths = List.copyOf(paths);
    }
}
