package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.io.Serializable;

/**
 * Few operations that run one after the other, such as the layers of a site: each starts when the one before has
 * succeeded, none after one has failed. Each is reported for itself.
 *
 * @param <P> type of their results
 */
public interface SequentialParts<P extends Serializable> extends Parts<P> {

    /**
     * Name of a part.
     *
     * @param index 0 for the first
     */
    String name(int index);

    /** Line for the console when a part starts, if there are several. */
    LocalizedText announcement(int index);

    @Override
    default int concurrency() {
        return 1;
    }

    @Override
    default boolean stopsAfter(ApiException problem) {
        return true;
    }
}
