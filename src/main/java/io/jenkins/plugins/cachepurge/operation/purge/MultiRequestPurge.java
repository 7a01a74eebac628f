package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.operation.OperationDescription;

/** Purge of several requests, which run side by side. */
public interface MultiRequestPurge {

    OperationDescription description();

    PurgeSelection selection();

    /** Number of requests, 1 or more. */
    int requestCount();

    /** Number of selected values of a request; 1 for everything. */
    int valueCount(int index);
}
