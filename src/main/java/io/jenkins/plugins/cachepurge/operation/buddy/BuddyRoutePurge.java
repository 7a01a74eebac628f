package io.jenkins.plugins.cachepurge.operation.buddy;

import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyDistributionClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyRouteRef;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.NoContent;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeRequests;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeTally;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.purge.WildcardPaths;
import java.util.List;

/** Purge of a route of a Buddy distribution. Buddy accepts it and never reports its end. */
public record BuddyRoutePurge(BuddyDistributionClient client, BuddyRouteRef route, Batches batches)
        implements PurgeRequests {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "buddyDistribution";

    /** Buddy documents no limit; this keeps a request short. */
    private static final int PATHS_PER_REQUEST = 100;

    /** @throws io.jenkins.plugins.cachepurge.input.InvalidInputException if Buddy cannot purge that */
    public static BuddyRoutePurge of(BuddyDistributionClient client, BuddyRouteRef route, PurgeSelection selection) {
        WildcardPaths.check(selection);
        return new BuddyRoutePurge(client, route, new Batches(selection, PATHS_PER_REQUEST));
    }

    @Override
    public OperationDescription description() {
        return OperationDescription.purge(BuddyClient.SERVICE, route.text());
    }

    @Override
    public PurgeSelection selection() {
        return batches.selection();
    }

    @Override
    public int requestCount() {
        return batches.count();
    }

    @Override
    public int valueCount(int index) {
        return batches.size(index);
    }

    @Override
    public ApiCall<PurgeResult.RequestResult> request(int index) {
        List<String> values = batches.batch(index);
        return call(values).map(taken -> PurgeResult.RequestResult.accepted(values.size()));
    }

    private ApiCall<NoContent> call(List<String> values) {
        if (selection().type() == SelectionType.ALL) {
            return client.purgeAll(route);
        }
        return client.purge(route, WildcardPaths.of(selection().type(), values));
    }

    @Override
    public PurgeResult result(PurgeTally tally) {
        return new PurgeResult(PROVIDER, route.routeId(), PurgeResult.ACCEPTED, selection(), tally);
    }
}
