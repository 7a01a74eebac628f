package io.jenkins.plugins.cachepurge.operation;

import java.io.Serializable;

/**
 * What is kept of parts that have succeeded. It is changed in place, since copying it for each of 100,000 parts would take
 * far longer than they do; the engine alone changes it, one part at a time.
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
