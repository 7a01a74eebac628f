package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;

/**
 * Status of one part of a sequence.
 *
 * @param name such as "varnish"
 * @param message its result or failure, in one line; empty before
 * @param done how many of its units are done
 * @param total how many units it has; 0 if unknown
 */
public record PartStatus(
        String name, OperationDescription description, Phase phase, LocalizedText message, int done, int total) {

    private static final LocalizedText NOTHING = LocalizedText.inOneLanguage("");

    /** Phase of a part. */
    public enum Phase {
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }

    /** A part that has not started. */
    static PartStatus waiting(String name, OperationDescription description) {
        return new PartStatus(name, description, Phase.WAITING, NOTHING, 0, 0);
    }

    PartStatus running(int units, int of) {
        return new PartStatus(name, description, Phase.RUNNING, NOTHING, units, of);
    }

    /** Its units remain what they were last; of those that are known all are done if it succeeded. */
    PartStatus ended(Phase end, LocalizedText line) {
        return new PartStatus(name, description, end, line, end == Phase.DONE ? total : done, total);
    }
}
