package io.jenkins.plugins.cachepurge.operation.gcore;

import io.jenkins.plugins.cachepurge.client.gcore.GcoreClient;
import io.jenkins.plugins.cachepurge.client.gcore.GcoreHistoryEntry;
import io.jenkins.plugins.cachepurge.client.gcore.GcoreHistoryPage;
import io.jenkins.plugins.cachepurge.client.gcore.GcoreResource;
import io.jenkins.plugins.cachepurge.client.gcore.GcoreResourceResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.client.http.RemoteStatus;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.FailedState;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.purge.PolledPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeTally;
import io.jenkins.plugins.cachepurge.operation.purge.SubmittedRequest;
import io.jenkins.plugins.cachepurge.operation.purge.WildcardPaths;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Purge of a Gcore CDN resource: reads the resource, submits the purges, then reads the history until none of them is
 * in progress. The response to a purge has no id; its entry in the history is found by type, paths and date.
 */
public record GcorePurge(GcorePurgeSpec spec, GcoreResourceProperties resource) implements PolledPurge<GcorePurgeSpec> {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "gcore";

    /** Dates may be cut to seconds. */
    private static final Duration CLOCK_PRECISION = Duration.ofSeconds(1);

    /** A request that is not in the history yet. */
    private static final SubmittedRequest UNSEEN =
            new SubmittedRequest(null, "accepted, but not in the history yet", RemoteStatus.UNKNOWN);

    /**
     * The purge as an operation.
     *
     * @param waitForCompletion whether to wait until Gcore is done
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException if Gcore cannot purge that
     */
    public static Operation<?, PurgeResult> of(
            GcoreClient client, long resourceId, PurgeSelection selection, boolean waitForCompletion) {
        WildcardPaths.check(selection);
        GcorePurgeSpec spec = new GcorePurgeSpec(client, resourceId, selection, waitForCompletion);
        return Operation.of(spec.description(), spec, new LoadingResource());
    }

    @Override
    public OperationDescription description() {
        return spec.description();
    }

    @Override
    public PurgeSelection selection() {
        return spec.selection();
    }

    @Override
    public int requestCount() {
        return spec.batches().count();
    }

    @Override
    public int valueCount(int index) {
        return spec.batches().size(index);
    }

    @Override
    public ApiCall<SubmittedRequest> submit(int index) {
        SubmittedRequest accepted = spec.waitForCompletion()
                ? UNSEEN
                : new SubmittedRequest(null, PurgeResult.ACCEPTED, RemoteStatus.IN_PROGRESS);
        return spec.purge(index).map(unused -> accepted);
    }

    @Override
    public boolean waitsForCompletion() {
        return spec.waitForCompletion();
    }

    @Override
    public PurgeResult result(String status, PurgeTally tally) {
        return new PurgeResult(PROVIDER, Long.toString(spec.resourceId()), status, selection(), tally);
    }

    /** Requests that have not succeeded are read again. */
    @Override
    public State<GcorePurgeSpec, PurgeResult> poll(List<SubmittedRequest> requests) {
        List<SubmittedRequest> unseen = requests.stream()
                .map(request -> isSettled(request) ? request : UNSEEN)
                .toList();
        return new ReadingHistory(resource, unseen, 0);
    }

    private static boolean isSettled(SubmittedRequest request) {
        return request.meaning().hasEnded() && request.meaning() != RemoteStatus.FAILED;
    }

    private ApiCall<GcoreHistoryPage> history(int offset) {
        return spec.client().purges(resource.cname(), spec.type(), since(), offset);
    }

    private Instant since() {
        return resource.readAt().minus(CLOCK_PRECISION);
    }

    /**
     * Updates requests by a page of the history. An equal purge of another user since the start counts as well, since
     * it purges the same pages.
     */
    private List<SubmittedRequest> updated(List<SubmittedRequest> requests, GcoreHistoryPage page) {
        List<SubmittedRequest> now = new ArrayList<>(requests);
        for (int index = 0; index < now.size(); index++) {
            Set<String> values = new TreeSet<>(spec.values(index));
            for (GcoreHistoryEntry entry : page.purges()) {
                if (matches(entry, values)) {
                    now.set(index, mostAdvanced(now.get(index), submitted(entry)));
                }
            }
        }
        return List.copyOf(now);
    }

    private boolean matches(GcoreHistoryEntry entry, Set<String> values) {
        return entry.resource().id() == spec.resourceId()
                && spec.type().word().equals(entry.purgeType())
                && entry.createdAt().filter(date -> !date.isBefore(since())).isPresent()
                && entry.values().equals(values);
    }

    private static SubmittedRequest submitted(GcoreHistoryEntry entry) {
        return new SubmittedRequest(Long.toString(entry.purgeId()), entry.status(), entry.remoteStatus());
    }

    private static SubmittedRequest mostAdvanced(SubmittedRequest one, SubmittedRequest other) {
        return rank(other) < rank(one) ? other : one;
    }

    private static int rank(SubmittedRequest request) {
        if (request.id() == null) {
            return Integer.MAX_VALUE;
        }
        return switch (request.meaning()) {
            case SUCCEEDED -> 0;
            case NOT_REPORTED -> 1;
            case IN_PROGRESS, WAITING_FOR_USER -> 2;
            case UNKNOWN -> 3;
            case FAILED -> 4;
        };
    }

    /** Reads the resource's names, and Gcore's time. */
    private record LoadingResource() implements State<GcorePurgeSpec, PurgeResult> {

        @Override
        public Next<GcorePurgeSpec, PurgeResult> next(GcorePurgeSpec spec) {
            return Next.exchange(spec.client().resource(spec.resourceId()), found -> read(spec, found));
        }

        private static State<GcorePurgeSpec, PurgeResult> read(GcorePurgeSpec spec, GcoreResourceResponse found) {
            Optional<String> unknownHost = unknownHost(spec, found.resource().hosts());
            return unknownHost.isPresent()
                    ? new FailedState<>(notOfResource(spec, unknownHost.get(), found.resource()))
                    : PolledPurge.start(
                            new GcoreResourceProperties(found.resource().cname(), found.readAt()));
        }

        /** Gcore accepts only paths, and would not purge a URL of another resource. */
        private static Optional<String> unknownHost(GcorePurgeSpec spec, List<String> hosts) {
            List<String> known = hosts.stream()
                    .flatMap(host -> PageUrl.asciiHost(host).stream())
                    .toList();
            return spec.urls().stream()
                    .map(PageUrl::host)
                    .filter(host -> !known.contains(host))
                    .findFirst();
        }

        private static ApiException notOfResource(GcorePurgeSpec spec, String host, GcoreResource resource) {
            return ApiException.failed(
                    GcoreClient.SERVICE,
                    spec.purpose(),
                    "serves it as %s, not as %s"
                            .formatted(
                                    PrintableText.quote(String.join(", ", resource.hosts())),
                                    PrintableText.quote(host)),
                    "Nothing was purged. Check resourceId and urls.");
        }
    }

    /**
     * Reads the history page by page.
     *
     * @param requests as the history has them so far
     * @param offset how much of it was read
     */
    private record ReadingHistory(GcoreResourceProperties resource, List<SubmittedRequest> requests, int offset)
            implements State<GcorePurgeSpec, PurgeResult> {

        @Override
        public Next<GcorePurgeSpec, PurgeResult> next(GcorePurgeSpec spec) {
            GcorePurge purge = new GcorePurge(spec, resource);
            return Next.exchange(purge.history(offset), page -> read(purge, page));
        }

        private State<GcorePurgeSpec, PurgeResult> read(GcorePurge purge, GcoreHistoryPage page) {
            List<SubmittedRequest> updated = purge.updated(requests, page);
            return page.last()
                    ? PolledPurge.after(resource, purge.spec(), updated)
                    : new ReadingHistory(
                            resource, updated, offset + page.purges().size());
        }
    }
}
