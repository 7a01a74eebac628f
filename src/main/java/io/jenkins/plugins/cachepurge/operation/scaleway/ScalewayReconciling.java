package io.jenkins.plugins.cachepurge.operation.scaleway;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayPurgeRequest;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayPurgeRequestPage;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.operation.FailedState;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The answer to a submission never came, but the purge request may exist: the newest ones tell. One that somebody else
 * made after the submission, for the same paths, serves as well; an older one does not.
 *
 * @param from the submission whose answer is missing
 * @param sentAt not later than it was sent, by this side's clock
 */
record ScalewayReconciling(ScalewayPurge.Submitting from, Instant sentAt, PageCursor listing) implements Operation<PurgeResult> {

    private static final int TRIES = 3;

    /** The service's clock is known to the second only, and dates may be cut to seconds. */
    private static final Duration CLOCK_GRAIN = Duration.ofSeconds(2);

    @Override
    public OperationDescription subject() {
        return from.subject();
    }

    @Override
    public Next<PurgeResult> turn() {
        return Next.ask(from.wish().newest(listing.page()), this::read);
    }

    private Operation<PurgeResult> read(ScalewayPurgeRequestPage page) {
        Instant earliest = sentAt.plus(page.clockAhead()).minus(CLOCK_GRAIN);
        Set<String> known = from.ids();
        Optional<ScalewayPurgeRequest> found = page.requests().stream()
                .filter(request -> !known.contains(request.id()))
                .filter(request -> request.created()
                        .filter(date -> !date.isBefore(earliest))
                        .isPresent())
                .filter(request -> from.wish().matches(request, known.size()))
                .findFirst();
        return found.map(from::taken).orElseGet(() -> notFound(page, earliest));
    }

    private Operation<PurgeResult> notFound(ScalewayPurgeRequestPage page, Instant earliest) {
        boolean older = page.requests().stream()
                .anyMatch(request -> request.created()
                        .filter(date -> date.isBefore(earliest))
                        .isPresent());
        if (!older && !listing.endsWith(page)) {
            return new ScalewayReconciling(from, sentAt, listing.after(page));
        }
        return from.attempt() < TRIES
                ? new ScalewayPurge.Submitting(from.wish(), from.requests(), from.attempt() + 1)
                : new FailedState<>(subject(), givenUp());
    }

    private ApiException givenUp() {
        return ApiException.failed(
                ScalewayClient.SERVICE,
                "purge %s of pipeline %s"
                        .formatted(from.wish().batches().selection(), from.wish().pipelineId()),
                "gave no usable answer %d times, and knows of no such purge request".formatted(TRIES),
                "Check the API URL, and try again later.");
    }
}
