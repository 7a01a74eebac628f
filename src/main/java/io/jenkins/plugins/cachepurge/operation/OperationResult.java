package io.jenkins.plugins.cachepurge.operation;

import java.io.Serializable;

/** What came of an operation. */
public interface OperationResult extends Serializable {

    /** For a Jenkinsfile: maps, lists, strings, numbers, booleans and null only. */
    Serializable value();

    /** For the console, as "3 purge requests done"; neither a full sentence nor a line of its own. */
    String summary();
}
