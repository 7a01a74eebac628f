package io.jenkins.plugins.cachepurge.operation.cloudfront;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts paths into invalidations that CloudFront may work on at the same time, and whose responses, which repeat the paths,
 * are not longer than what is read.
 */
final class InvalidationBatches {

    /** Maximum number of paths in progress. */
    private static final int MAX_PATHS = 3_000;

    /** Maximum number of paths with a wildcard in progress. */
    private static final int MAX_WILDCARDS = 15;

    /** Paths and tags are ASCII, so these are bytes. */
    private static final int MAX_LENGTH = 500_000;

    private static final String WILDCARD = "*";

    private final List<List<String>> batches = new ArrayList<>();
    private List<String> current = new ArrayList<>();
    private int wildcards;
    private int length;

    private InvalidationBatches() {}

    /** Splits paths into as few batches as possible, in order. */
    static List<List<String>> of(List<String> paths) {
        InvalidationBatches batches = new InvalidationBatches();
        paths.forEach(batches::add);
        batches.close();
        return List.copyOf(batches.batches);
    }

    private void add(String path) {
        int wildcard = path.endsWith(WILDCARD) ? 1 : 0;
        int length = path.length();
        if (current.size() == MAX_PATHS || wildcards + wildcard > MAX_WILDCARDS || this.length + length > MAX_LENGTH) {
            close();
        }
        current.add(path);
        wildcards += wildcard;
        this.length += length;
    }

    private void close() {
        batches.add(List.copyOf(current));
        current = new ArrayList<>();
        wildcards = 0;
        length = 0;
    }
}
