package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.RemoteStatus;
import io.jenkins.plugins.cachepurge.operation.FailedState;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.ResultList;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Purge at a service that accepts requests and reports later that they are done: all are submitted side by side, then they
 * are polled together until all have ended. Each submission may be repeated without harm.
 *
 * @param <S> type of the operation's spec
 */
public interface PolledPurge<S> extends MultiRequestPurge {

    /**
     * Creates the purge from the spec; small enough to be saved with each state.
     *
     * @param <S> type of the operation's spec
     */
    @FunctionalInterface
    interface Source<S> extends Serializable {
        PolledPurge<S> purge(S spec);
    }

    /** Maximum number of ids in a message. */
    int MAX_NAMED_IDS = 5;

    /** Submits one of the requests. */
    ApiCall<SubmittedRequest> submit(int index);

    /** Whether the purge ends only when all requests have. */
    boolean waitsForCompletion();

    /**
     * The state that reads how requests are, and leads to {@link #after}.
     *
     * @param requests all of them, in their order; at least one has not ended
     */
    State<S, PurgeResult> poll(List<SubmittedRequest> requests);

    /** The result once no request is waited for. */
    PurgeResult result(String status, PurgeTally tally);

    /** The state in which nothing was submitted yet. */
    static <S> State<S, PurgeResult> start(Source<S> source) {
        return new Submitting<>(source);
    }

    /** The state that requests lead to as they are now. */
    static <S> State<S, PurgeResult> after(Source<S> source, S spec, List<SubmittedRequest> requests) {
        PolledPurge<S> purge = source.purge(spec);
        boolean over = !purge.waitsForCompletion()
                || requests.stream().allMatch(request -> request.meaning().hasEnded());
        if (!over) {
            return new Pending<>(source, requests);
        }
        List<SubmittedRequest> failed = requests.stream()
                .filter(request -> request.meaning() == RemoteStatus.FAILED)
                .toList();
        return failed.isEmpty()
                ? new SucceededState<>(purge.result(SubmittedRequest.overallStatus(requests), tally(purge, requests)))
                : new FailedState<>(failure(purge, failed, requests.size()));
    }

    private static PurgeTally tally(PolledPurge<?> purge, List<SubmittedRequest> requests) {
        PurgeTally tally = PurgeTally.withAllIds();
        for (int index = 0; index < requests.size(); index++) {
            SubmittedRequest request = requests.get(index);
            int count = purge.selection().isAll() ? 0 : purge.valueCount(index);
            tally.add(index, new PurgeResult.RequestResult(request.id(), request.status(), count));
        }
        return tally;
    }

    private static ApiException failure(PolledPurge<?> purge, List<SubmittedRequest> failed, int all) {
        String ids =
                failed.stream().limit(MAX_NAMED_IDS).map(SubmittedRequest::id).collect(Collectors.joining(", "));
        return ApiException.failed(
                purge.description().service().toString(),
                "purge %s of %s"
                        .formatted(purge.selection(), purge.description().target()),
                "ended %d of %d purge requests with the status %s (%s)"
                        .formatted(
                                failed.size(),
                                all,
                                failed.get(0).status(),
                                failed.size() > MAX_NAMED_IDS ? ids + ", …" : ids),
                "It gives no reason; purge again, or ask its support with the ids.");
    }

    /** Requests are being submitted. */
    record Submitting<S>(Source<S> source) implements State<S, PurgeResult> {

        @Override
        public Next<S, PurgeResult> next(S spec) {
            return new Next.RunParts<>(
                    new SubmissionParts(source.purge(spec)),
                    ResultList<SubmittedRequest>::new,
                    submitted -> after(source, spec, submitted.inOrder()));
        }
    }

    /** All requests were submitted; some have not ended. */
    record Pending<S>(Source<S> source, List<SubmittedRequest> requests) implements State<S, PurgeResult> {

        @Override
        public Next<S, PurgeResult> next(S spec) {
            PolledPurge<S> purge = source.purge(spec);
            return new Next.Wait<>(SubmittedRequest.progress(purge.description(), requests), purge.poll(requests));
        }
    }

    /** A part for each request. */
    record SubmissionParts(PolledPurge<?> purge) implements PurgeRequestParts<SubmittedRequest> {

        @Override
        public Operation<?, SubmittedRequest> create(int index) {
            return Operation.ofCall(purge.description(), purge.submit(index));
        }
    }
}
