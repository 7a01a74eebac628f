package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.operation.PartFailures;
import io.jenkins.plugins.cachepurge.operation.State;
import java.io.Serializable;
import java.util.List;

/** One change of a session that a restart must know. Read again in the order in which they were saved, they give the session. */
public sealed interface CheckpointEntry extends Serializable {

    /** Whether the exchange that follows must not be sent before this is on the disk. */
    default boolean mustBeDurable() {
        return false;
    }

    /**
     * Written with all others.
     *
     * @param elapsedMillis how long the session has been running
     * @param requests how many requests were sent
     */
    record Progress(long elapsedMillis, int requests) implements CheckpointEntry {

        /** The last one of a checkpoint; nothing if there is none. */
        static Progress last(List<CheckpointEntry> checkpoint) {
            Progress last = new Progress(0, 0);
            for (CheckpointEntry entry : checkpoint) {
                last = entry instanceof Progress progress ? progress : last;
            }
            return last;
        }
    }

    /**
     * An exchange that is not idempotent is about to be sent.
     *
     * @param sentAt in milliseconds since 1970
     */
    record Sent(PartPath part, long sentAt) implements CheckpointEntry {
        @Override
        public boolean mustBeDurable() {
            return true;
        }
    }

    /**
     * A part is in another state.
     *
     * @param acted whether the service may have done something for it that can be cancelled
     */
    record Changed(PartPath part, State<?, ?> state, boolean acted) implements CheckpointEntry {}

    /**
     * Parts have succeeded.
     *
     * @param group the part that they make up
     */
    record Succeeded(PartPath group, List<EqualResults> results) implements CheckpointEntry {
        public Succeeded {
            results = List.copyOf(results);
        }
    }

    /**
     * Parts have failed for good.
     *
     * @param group the part that they make up
     * @param listed those whose problems are kept
     * @param ranges the others: pairs of the first index and the one after the last
     */
    record Failed(PartPath group, List<PartFailures.Failure> listed, List<Integer> ranges) implements CheckpointEntry {
        public Failed {
            listed = List.copyOf(listed);
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * Parts with the same result.
     *
     * @param ranges pairs of the first index and the one after the last
     */
    record EqualResults(Serializable result, List<Integer> ranges) implements Serializable {
        public EqualResults {
            ranges = List.copyOf(ranges);
        }
    }
}
