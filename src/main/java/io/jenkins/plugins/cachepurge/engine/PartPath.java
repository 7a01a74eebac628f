package io.jenkins.plugins.cachepurge.engine;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * Place of a part in an operation: [] is the operation itself, [1] its second part, [1, 40] the 41st part of that.
 *
 * @param indices 0 for the first part of each group
 */
public record PartPath(List<Integer> indices) implements Serializable {

    public static final PartPath ROOT = new PartPath(List.of());

    public PartPath {
        indices = List.copyOf(indices);
    }

    /** Place of a part of this part. */
    public PartPath child(int index) {
        return new PartPath(Stream.concat(indices.stream(), Stream.of(index)).toList());
    }

    boolean isRoot() {
        return indices.isEmpty();
    }
}
