package io.jenkins.plugins.cachepurge.operation;

import java.io.Serializable;

/**
 * Results of the parts that have succeeded. It is mutable, since copying it for each of 100,000 parts would be too
 * slow; only the engine changes it, one part at a time.
 *
 * @param <P> type of the results of the parts
 */
public interface Tally<P extends Serializable> {

    /**
     * Adds the result of a part. Parts end in any order.
     *
     * @param index of the part, 0 for the first; each is added once
     */
    void add(int index, P result);
}
