package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.RemoteStatus;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.FailedState;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.Parts;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult.RequestResult;

/**
 * The requests of a purge, for a service that starts a long-running operation for each. They run side by side; each is polled
 * until its operation has ended. Each may be repeated without harm.
 */
public interface PolledRequestsPurge extends MultiRequestPurge {

    /** Maximum number of requests that run at the same time. The service's quota limits how often they are polled. */
    default int concurrency() {
        return Parts.MAX_RUNNING;
    }

    /** Whether the purge ends only when all operations have. */
    boolean waitsForCompletion();

    /**
     * Starts the operation of one of the requests.
     *
     * @param index 0 for the first; the same index always gives the same request
     */
    ApiCall<RemoteOperation> submit(int index);

    /** Reads how an operation is. */
    ApiCall<RemoteOperation> poll(RemoteOperation last);

    /** The result, once all requests have ended. */
    PurgeResult result(PurgeTally tally);

    /** What a person can do about an operation that failed, as whole sentences. */
    String adviceOnFailure();

    /** The purge as an operation. */
    default Operation<PolledRequestsPurge, PurgeResult> operation() {
        return Operation.of(description(), this, new Running());
    }

    /** Only state of the operation. */
    record Running() implements State<PolledRequestsPurge, PurgeResult> {

        @Override
        public Next<PolledRequestsPurge, PurgeResult> next(PolledRequestsPurge requests) {
            return new Next.RunParts<>(
                    new RequestParts(requests), PurgeTally::new, tally -> new SucceededState<>(requests.result(tally)));
        }
    }

    /** A part for each request. */
    record RequestParts(PolledRequestsPurge purge) implements PurgeRequestParts<RequestResult> {

        @Override
        public Operation<?, RequestResult> create(int index) {
            return Operation.of(purge.description(), new Part(purge, index), new Submitting());
        }

        @Override
        public int concurrency() {
            return purge.concurrency();
        }
    }

    /** @param index of the request */
    record Part(PolledRequestsPurge requests, int index) {

        private State<Part, RequestResult> after(RemoteOperation now) {
            if (now.meaning() == RemoteStatus.FAILED) {
                return new FailedState<>(failure(now));
            }
            return requests.waitsForCompletion() && !now.meaning().hasEnded()
                    ? new Pending(now)
                    : new SucceededState<>(result(now));
        }

        /** Ids that the result does not list are dropped at once: results that are equal are saved together. */
        private RequestResult result(RemoteOperation now) {
            int count = requests.selection().isAll() ? 0 : requests.valueCount(index);
            RequestResult result = new RequestResult(now.id(), now.status(), count);
            return requests.requestCount() > PurgeTally.MAX_LISTED ? result.withoutId() : result;
        }

        private ApiException failure(RemoteOperation now) {
            String why = now.error().isBlank() ? "" : ": " + PrintableText.quote(now.error());
            return ApiException.failed(
                    requests.description().service().toString(),
                    requests.submit(index).purpose(),
                    "ended the operation %s with the status %s%s"
                            .formatted(PrintableText.quote(now.id()), PrintableText.quote(now.status()), why),
                    requests.adviceOnFailure());
        }

        private LocalizedText status(RemoteOperation now) {
            String status = PrintableText.quote(now.status());
            return LocalizedText.of(
                    "status.is",
                    requests.description().text(),
                    now.meaning() == RemoteStatus.UNKNOWN ? LocalizedText.of("status.unknown", status) : status);
        }
    }

    /** Nothing was sent yet, or it is not known. */
    record Submitting() implements State<Part, RequestResult> {

        @Override
        public Next<Part, RequestResult> next(Part part) {
            return Next.exchange(part.requests().submit(part.index()), part::after);
        }
    }

    /** The operation has not ended. */
    record Pending(RemoteOperation last) implements State<Part, RequestResult> {

        @Override
        public Next<Part, RequestResult> next(Part part) {
            return new Next.Wait<>(part.status(last), new Polling(last), last.nextPoll());
        }
    }

    /** The service is asked how the operation is. */
    record Polling(RemoteOperation last) implements State<Part, RequestResult> {

        @Override
        public Next<Part, RequestResult> next(Part part) {
            return Next.exchange(part.requests().poll(last), part::after);
        }
    }
}
