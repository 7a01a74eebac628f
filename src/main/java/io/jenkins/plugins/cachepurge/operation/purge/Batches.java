package io.jenkins.plugins.cachepurge.operation.purge;

import java.io.Serializable;
import java.util.List;

/**
 * A selection, cut into as few requests as the service allows.
 *
 * @param pathsPerRequest how many of what was chosen go into a request, 1 or more; named so because builds that were
 *     saved when there were only paths have it
 */
public record Batches(PurgeSelection selection, int batchSize) implements Serializable {

    /** How many requests it takes; one for everything. */
    public int count() {
        return Math.max(1, (selection.count() + batchSize - 1) / batchSize);
    }

    /**
     * What one request is for; nothing where everything is meant.
     *
     * @param request 0 for the first
     */
    public List<String> batch(int request) {
        int start = request * batchSize;
        return selection.values().subList(start, Math.min(start + batchSize, selection.count()));
    }
}
