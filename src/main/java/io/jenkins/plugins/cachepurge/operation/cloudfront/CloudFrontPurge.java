package io.jenkins.plugins.cachepurge.operation.cloudfront;

import io.jenkins.plugins.cachepurge.client.cloudfront.CloudFrontClient;
import io.jenkins.plugins.cachepurge.client.cloudfront.CloudFrontTarget;
import io.jenkins.plugins.cachepurge.client.cloudfront.Invalidation;
import io.jenkins.plugins.cachepurge.client.http.RemoteStatus;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.Parts;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeTally;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.List;

/**
 * Purge of CloudFront: creates invalidations one after the other, as many as CloudFront allows to be in progress, and waits
 * until each is completed. The reference of each is made of the execution's id, so that none is created twice.
 *
 * @param batches the paths and tags of each invalidation
 */
public record CloudFrontPurge(
        CloudFrontClient client,
        CloudFrontTarget target,
        PurgeSelection selection,
        List<List<String>> batches,
        PurgeOptions options) {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "cloudFront";

    /** @throws io.jenkins.plugins.cachepurge.input.InvalidInputException if CloudFront cannot invalidate that */
    public CloudFrontPurge(
            CloudFrontClient client, CloudFrontTarget target, PurgeSelection selection, PurgeOptions options) {
        this(client, target, selection, InvalidationBatches.of(CloudFrontItems.of(selection)), options);
    }

    /** The purge as an operation. */
    public Operation<CloudFrontPurge, PurgeResult> operation() {
        return Operation.of(description(), this, new Invalidating());
    }

    private OperationDescription description() {
        return OperationDescription.purge(CloudFrontClient.SERVICE, target.text());
    }

    private PurgeResult result(PurgeTally tally) {
        PurgeResult result =
                new PurgeResult(PROVIDER, target.id(), tally.statuses().first(), selection, tally);
        return selection.type() == SelectionType.TAGS ? result : result.withNote(billing());
    }

    /** AWS publishes a price for paths; a path with a wildcard counts as one. */
    private LocalizedText billing() {
        int paths = batches.stream().mapToInt(List::size).sum();
        return paths == 1
                ? LocalizedText.of("cloudFront.onePathBilled")
                : LocalizedText.of("cloudFront.pathsBilled", paths);
    }

    /** Only state of the operation. */
    private record Invalidating() implements State<CloudFrontPurge, PurgeResult> {

        @Override
        public Next<CloudFrontPurge, PurgeResult> next(CloudFrontPurge purge) {
            return new Next.RunParts<>(
                    new Invalidations(purge), PurgeTally::new, tally -> new SucceededState<>(purge.result(tally)));
        }
    }

    /** A part for each invalidation. */
    private record Invalidations(CloudFrontPurge purge) implements Parts<PurgeResult.RequestResult> {

        @Override
        public int count() {
            return purge.batches().size();
        }

        @Override
        public Operation<?, PurgeResult.RequestResult> create(int index) {
            return Operation.of(purge.description(), new Part(purge, index), new Creating());
        }

        /** Each may fill CloudFront's limit. */
        @Override
        public int concurrency() {
            return 1;
        }

        @Override
        public LocalizedText purpose() {
            return LocalizedText.of(
                    "purpose.invalidate",
                    purge.selection().text(),
                    purge.target().text());
        }

        @Override
        public LocalizedText unit() {
            return purge.selection().type().unit();
        }

        @Override
        public int units(int index) {
            return purge.batches().get(index).size();
        }
    }

    /** @param index of the invalidation, 0 for the first */
    private record Part(CloudFrontPurge purge, int index) {

        List<String> items() {
            return purge.batches().get(index);
        }

        String reference() {
            return "cache-purge-" + purge.options().executionId() + "-" + index;
        }

        State<Part, PurgeResult.RequestResult> after(Invalidation invalidation) {
            boolean over =
                    !purge.options().waitForCompletion() || invalidation.remoteStatus() == RemoteStatus.SUCCEEDED;
            return over
                    ? new SucceededState<>(result(invalidation))
                    : new Pending(invalidation.id(), invalidation.status());
        }

        private PurgeResult.RequestResult result(Invalidation invalidation) {
            int count = purge.selection().isAll() ? 0 : items().size();
            return new PurgeResult.RequestResult(invalidation.id(), invalidation.status(), count);
        }
    }

    /** Nothing was created yet, or it is not known. */
    private record Creating() implements State<Part, PurgeResult.RequestResult> {

        @Override
        public Next<Part, PurgeResult.RequestResult> next(Part part) {
            CloudFrontPurge purge = part.purge();
            String noun = purge.selection().type().noun();
            return Next.exchange(
                    purge.client().create(purge.target(), part.items(), noun, part.reference()), part::after);
        }
    }

    /** The invalidation is not completed. */
    private record Pending(String id, String status) implements State<Part, PurgeResult.RequestResult> {

        @Override
        public Next<Part, PurgeResult.RequestResult> next(Part part) {
            return new Next.Wait<>(
                    LocalizedText.of(
                            "cloudFront.status", id, part.purge().target().text(), PrintableText.quote(status)),
                    new Polling(id));
        }
    }

    /** CloudFront is asked how the invalidation is. */
    private record Polling(String id) implements State<Part, PurgeResult.RequestResult> {

        @Override
        public Next<Part, PurgeResult.RequestResult> next(Part part) {
            return Next.exchange(part.purge().client().get(part.purge().target(), id), part::after);
        }
    }
}
