package io.jenkins.plugins.cachepurge.operation.gcore;

import io.jenkins.plugins.cachepurge.client.gcore.GcoreResource;
import io.jenkins.plugins.cachepurge.client.gcore.GcoreClient;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.FailedState;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.purge.WildcardPaths;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Purges a Gcore CDN resource: reads the resource, submits one purge after the other, then watches the history until none
 * of them is in progress. Gcore gives a purge no id when it takes it; the history tells them by what they are for.
 */
public final class GcorePurge {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "gcore";

    private GcorePurge() {}

    /**
     * @param awaitEnd whether to wait until Gcore is done
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException where Gcore cannot purge that
     */
    public static Operation<PurgeResult> of(
            GcoreClient client, long resourceId, PurgeSelection what, boolean awaitEnd) {
        WildcardPaths.check(what);
        return new Reading(new GcoreSpec(client, resourceId, what, awaitEnd));
    }

    /** Finds out by which names the resource is known, and what time it is at Gcore. */
    record Reading(GcoreSpec wish) implements Operation<PurgeResult> {

        @Override
        public OperationDescription subject() {
            return wish.subject();
        }

        @Override
        public Optional<Serializable> unchanging() {
            return Optional.of(wish.what());
        }

        @Override
        public Next<PurgeResult> turn() {
            return Next.ask(wish.client().resource(wish.resourceId()), this::read);
        }

        private Operation<PurgeResult> read(GcoreClient.Found found) {
            Optional<String> stranger = stranger(found.resource().hosts());
            if (stranger.isPresent()) {
                return new FailedState<>(subject(), notOfResource(stranger.get(), found.resource()));
            }
            ResolvedSpec job = new ResolvedSpec(wish, found.resource().cname(), found.readAt());
            GcoreSubmitting first = new GcoreSubmitting(job, List.of(), 1);
            return wish.batches().count() > wish.perMinute() ? new Announcing(first) : first;
        }

        /** Gcore takes paths only, and would purge nothing for an URL of another resource. */
        private Optional<String> stranger(List<String> hosts) {
            List<String> known =
                    hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
            return wish.urls().stream()
                    .map(PageUrl::host)
                    .filter(host -> !known.contains(host))
                    .findFirst();
        }

        private ApiException notOfResource(String host, GcoreResource resource) {
            return ApiException.failed(
                    GcoreClient.SERVICE,
                    wish.asked(),
                    "serves it as %s, not as %s"
                            .formatted(PrintableText.quote(String.join(", ", resource.hosts())), PrintableText.quote(host)),
                    "Nothing was purged. Check resourceId and urls.");
        }
    }

    /** Tells how long the rate that Gcore allows will make it take. */
    record Announcing(GcoreSubmitting first) implements Operation<PurgeResult> {

        @Override
        public OperationDescription subject() {
            return first.subject();
        }

        @Override
        public Optional<Serializable> unchanging() {
            return first.unchanging();
        }

        @Override
        public Next<PurgeResult> turn() {
            GcoreSpec wish = first.job().wish();
            int requests = wish.batches().count();
            int minutes = (requests - 1) / wish.perMinute();
            String state = "%s takes %d requests, of which Gcore allows %d a minute: %d min at least"
                    .formatted(subject(), requests, wish.perMinute(), minutes);
            return new Next.Wait<>(state, first);
        }
    }
}
