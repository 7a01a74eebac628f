package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.util.List;

/** Receives what people read about an operation. */
public interface ProgressListener {

    /**
     * What happens, for the console and the build page. May block.
     *
     * @param line one line, without secrets and control characters
     */
    void message(LocalizedText line);

    /**
     * How many requests were sent so far for this operation alone. Never blocks.
     *
     * @param requests the whole number, not what was added
     */
    default void requestsSent(int requests) {}

    /**
     * How much of a large operation is done. Never blocks.
     *
     * @param done how many units
     * @param total of how many
     */
    default void progressed(int done, int total) {}

    /**
     * An exchange has ended that was sent for this operation alone. Never blocks.
     *
     * @param exchange when it was, and whether it failed
     */
    default void exchangeEnded(EndedExchange exchange) {}

    /**
     * How the parts of a sequence are. Never blocks.
     *
     * @param parts in their order; empty if there is no sequence
     */
    default void partsChanged(List<PartStatus> parts) {}
}
