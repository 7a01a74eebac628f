package io.jenkins.plugins.cachepurge.operation.cloudfront;

import io.jenkins.plugins.cachepurge.client.cloudfront.CloudFrontClient;
import io.jenkins.plugins.cachepurge.client.cloudfront.CloudFrontTarget;
import io.jenkins.plugins.cachepurge.client.cloudfront.Invalidation;
import io.jenkins.plugins.cachepurge.client.cloudfront.InvalidationPage;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.OperationKind;
import io.jenkins.plugins.cachepurge.operation.Parts;
import io.jenkins.plugins.cachepurge.operation.ResultList;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryEntry;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reading of a distribution's invalidations. The list, which begins with the newest, does not tell the paths, so that each
 * invalidation is read as well.
 *
 * @param limit how many to read at most, 1 or more
 * @param newestFirst false for the oldest first, for which the whole list is read
 */
public record CloudFrontHistory(CloudFrontClient client, CloudFrontTarget target, int limit, boolean newestFirst) {

    /** The earlier invalidations. */
    public Operation<CloudFrontHistory, PurgeHistoryResult> operation() {
        return Operation.of(description(), this, new ReadingPages(List.of(), Optional.empty()));
    }

    private OperationDescription description() {
        return new OperationDescription(CloudFrontClient.SERVICE, OperationKind.PURGE_HISTORY, target.text());
    }

    /** One invalidation, by its id. */
    public static Operation<?, PurgeHistoryEntry> one(CloudFrontClient client, CloudFrontTarget target, String id) {
        return Operation.ofCall(
                new OperationDescription(
                        CloudFrontClient.SERVICE, OperationKind.STATUS, LocalizedText.of("target.invalidation", id)),
                client.get(target, id).map(CloudFrontHistory::entry));
    }

    private static PurgeHistoryEntry entry(Invalidation invalidation) {
        return new PurgeHistoryEntry(
                invalidation.id(),
                invalidation.status(),
                invalidation.all(),
                invalidation.paths(),
                invalidation.createdAt(),
                null);
    }

    /** The ids that are wanted of those that were read so far. */
    private List<String> wanted(List<String> ids) {
        return newestFirst
                ? ids.subList(0, Math.min(limit, ids.size()))
                : ids.subList(Math.max(0, ids.size() - limit), ids.size());
    }

    /**
     * Reads the list page by page.
     *
     * @param ids those that are wanted so far, the newest first
     */
    private record ReadingPages(List<String> ids, Optional<String> marker)
            implements State<CloudFrontHistory, PurgeHistoryResult> {

        @Override
        public Next<CloudFrontHistory, PurgeHistoryResult> next(CloudFrontHistory spec) {
            int pageSize = spec.newestFirst()
                    ? Math.min(spec.limit(), CloudFrontClient.MAX_PAGE_SIZE)
                    : CloudFrontClient.MAX_PAGE_SIZE;
            return Next.exchange(spec.client().list(spec.target(), marker, pageSize), page -> add(spec, page));
        }

        private State<CloudFrontHistory, PurgeHistoryResult> add(CloudFrontHistory spec, InvalidationPage page) {
            List<String> all = spec.wanted(
                    Stream.concat(ids.stream(), page.invalidations().stream().map(Invalidation::id))
                            .toList());
            boolean enough = spec.newestFirst() && all.size() == spec.limit();
            if (page.nextMarker().isPresent() && !enough) {
                return new ReadingPages(List.copyOf(all), page.nextMarker());
            }
            return all.isEmpty()
                    ? new SucceededState<>(new PurgeHistoryResult(List.of()))
                    : new ReadingEach(ordered(spec, all));
        }

        private static List<String> ordered(CloudFrontHistory spec, List<String> ids) {
            List<String> ordered = new ArrayList<>(ids);
            if (!spec.newestFirst()) {
                Collections.reverse(ordered);
            }
            return List.copyOf(ordered);
        }
    }

    /** Reads the invalidations. */
    private record ReadingEach(List<String> ids) implements State<CloudFrontHistory, PurgeHistoryResult> {

        @Override
        public Next<CloudFrontHistory, PurgeHistoryResult> next(CloudFrontHistory spec) {
            return new Next.RunParts<>(
                    new Entries(spec, ids),
                    ResultList<PurgeHistoryEntry>::new,
                    read -> new SucceededState<>(new PurgeHistoryResult(read.inOrder())));
        }
    }

    /** A part for each invalidation. */
    private record Entries(CloudFrontHistory spec, List<String> ids) implements Parts<PurgeHistoryEntry> {

        @Override
        public int count() {
            return ids.size();
        }

        @Override
        public Operation<?, PurgeHistoryEntry> create(int index) {
            return Operation.ofCall(
                    spec.description(),
                    spec.client().get(spec.target(), ids.get(index)).map(CloudFrontHistory::entry));
        }

        @Override
        public LocalizedText purpose() {
            return LocalizedText.of("purpose.invalidations", spec.target().text());
        }

        @Override
        public LocalizedText unit() {
            return LocalizedText.of("unit.invalidations");
        }
    }
}
