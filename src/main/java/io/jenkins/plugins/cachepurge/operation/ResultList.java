package io.jenkins.plugins.cachepurge.operation;

import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tally that contains each result. */
public final class ResultList<P extends Serializable> implements Tally<P> {

    private final SortedMap<Integer, P> results = new TreeMap<>();

    @Override
    public void add(int index, P result) {
        results.put(index, result);
    }

    /** The results in the order of the parts. */
    public List<P> inOrder() {
        return List.copyOf(results.values());
    }
}
