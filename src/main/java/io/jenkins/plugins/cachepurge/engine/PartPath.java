package io.jenkins.plugins.cachepurge.engine;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * Place of a part in an operation: [] is the operation itself, [1] its second part, [1, 40] the 41st part of that.
 *
 * @param indices 0 for the first part of each group
 */
public record PartPath(List<Integer> indices) implements Serializable, Comparable<PartPath> {

    public static final PartPath ROOT = new PartPath(List.of());

    public PartPath {
        indices = List.copyOf(indices);
    }

    /** Place of a part of this part. */
    public PartPath child(int index) {
        return new PartPath(Stream.concat(indices.stream(), Stream.of(index)).toList());
    }

    /** A part comes before its parts, and these before its next sibling. */
    @Override
    public int compareTo(PartPath other) {
        for (int i = 0; i < Math.min(indices.size(), other.indices.size()); i++) {
            int order = Integer.compare(indices.get(i), other.indices.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(indices.size(), other.indices.size());
    }

    /** Whether it is a part of another part, or of one of its parts. */
    boolean isBelow(PartPath other) {
        int depth = other.indices.size();
        return indices.size() > depth && indices.subList(0, depth).equals(other.indices);
    }

    /** Index of the part of another part that this one is or belongs to. */
    int indexBelow(PartPath other) {
        return indices.get(other.indices.size());
    }

    boolean isRoot() {
        return indices.isEmpty();
    }
}
