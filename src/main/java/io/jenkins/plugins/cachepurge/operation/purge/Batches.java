package io.jenkins.plugins.cachepurge.operation.purge;

import java.io.Serializable;
import java.util.List;

/**
 * A selection, cut into as few requests as the service allows.
 *
 * @param pathsPerRequest 1 or more
 */
public record Batches(PurgeSelection what, int pathsPerRequest) implements Serializable {

    /** How many requests it takes; one for everything. */
    public int count() {
        return what instanceof PurgeSelection.Paths chosen
                ? (chosen.paths().size() + pathsPerRequest - 1) / pathsPerRequest
                : 1;
    }

    /**
     * The paths of one request; none where everything is meant.
     *
     * @param request 0 for the first
     */
    public List<String> paths(int request) {
        if (what instanceof PurgeSelection.Paths chosen) {
            int start = request * pathsPerRequest;
            return chosen.paths()
                    .subList(
                            start,
                            Math.min(start + pathsPerRequest, chosen.paths().size()));
        }
        return List.of();
    }
}
