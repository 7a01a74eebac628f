package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;

/** Result of an operation. */
public interface OperationResult extends Serializable {

    /** Value for a Jenkinsfile: maps, lists, strings, numbers, booleans and null only. */
    Serializable toPipelineValue();

    /**
     * The same for a result that says when the operation began.
     *
     * @param startedAt by the clock of Jenkins
     */
    default Serializable toPipelineValue(Instant startedAt) {
        return toPipelineValue();
    }

    /** Summary, such as "3 purge requests done"; not a full sentence. */
    LocalizedText summary();

    /** What a person should check although the operation succeeded; full sentences. */
    default Optional<LocalizedText> warning() {
        return Optional.empty();
    }

    /** URL of the service's page about it, if there is one. Not to be trusted. */
    default Optional<String> link() {
        return Optional.empty();
    }
}
