package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import java.io.Serializable;
import java.util.List;

/** The requests that one purge takes, for a service that carries each out, or takes it, when it answers. */
public interface PurgeRequests extends Serializable {

    OperationDescription subject();

    PurgeSelection selection();

    /** How many requests it takes, 1 or more. */
    int requestCount();

    /**
     * One of the requests, which must be harmless to repeat.
     *
     * @param number 0 for the first
     */
    ApiCall<PurgeResult.RequestResult> request(int number);

    /** @param requests what came of each request, in their order */
    PurgeResult result(List<PurgeResult.RequestResult> requests);
}
