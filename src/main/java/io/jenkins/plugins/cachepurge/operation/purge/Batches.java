package io.jenkins.plugins.cachepurge.operation.purge;

import java.util.List;

/**
 * Selection split into as few requests as the service allows.
 *
 * @param batchSize how many values go into a request, 1 or more
 */
public record Batches(PurgeSelection selection, int batchSize) {

    /** Number of requests; one for everything. */
    public int count() {
        return Math.max(1, (selection.count() + batchSize - 1) / batchSize);
    }

    /**
     * The values of one request; none for everything.
     *
     * @param index 0 for the first
     */
    public List<String> batch(int index) {
        int start = index * batchSize;
        return selection.values().subList(start, Math.min(start + batchSize, selection.count()));
    }

    /** Number of values of a request; 1 for everything. */
    public int size(int index) {
        return Math.max(1, batch(index).size());
    }
}
