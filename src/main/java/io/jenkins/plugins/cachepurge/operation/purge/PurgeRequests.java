package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;

/**
 * The requests of a purge, for a service that has done it, or never reports more, when it responds. They are sent side by
 * side; each may be repeated without harm.
 */
public interface PurgeRequests extends MultiRequestPurge {

    /**
     * One of the requests.
     *
     * @param index 0 for the first; the same index always gives the same request
     */
    ApiCall<PurgeResult.RequestResult> request(int index);

    /** The result, once all requests were sent. */
    PurgeResult result(PurgeTally tally);

    /** The purge as an operation. */
    default Operation<PurgeRequests, PurgeResult> operation() {
        return Operation.of(description(), this, new Sending());
    }

    /** Only state of the operation. */
    record Sending() implements State<PurgeRequests, PurgeResult> {

        @Override
        public Next<PurgeRequests, PurgeResult> next(PurgeRequests requests) {
            return new Next.RunParts<>(
                    new RequestParts(requests), PurgeTally::new, tally -> new SucceededState<>(requests.result(tally)));
        }
    }

    /** A part for each request. */
    record RequestParts(PurgeRequests purge) implements PurgeRequestParts<PurgeResult.RequestResult> {

        /** Ids that the result does not list are dropped at once: results that are equal are saved together. */
        @Override
        public Operation<?, PurgeResult.RequestResult> create(int index) {
            ApiCall<PurgeResult.RequestResult> request = purge.request(index);
            return Operation.ofCall(
                    purge.description(),
                    count() > PurgeTally.MAX_LISTED ? request.map(PurgeResult.RequestResult::withoutId) : request);
        }
    }
}
