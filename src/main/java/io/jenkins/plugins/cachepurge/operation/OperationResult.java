package io.jenkins.plugins.cachepurge.operation;

import java.io.Serializable;
import java.util.Optional;

/** What came of an operation. */
public interface OperationResult extends Serializable {

    /** For a Jenkinsfile: maps, lists, strings, numbers, booleans and null only. */
    Serializable toPipelineValue();

    /** For the console, as "3 purge requests done"; neither a full sentence nor a line of its own. */
    String summary();

    /** The address of the service's own page for people about it, where it has one. Not to be trusted. */
    default Optional<String> link() {
        return Optional.empty();
    }
}
