package io.jenkins.plugins.cachepurge.operation.buddy;

import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyDistributions;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyDistributions.Triggered;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyRouteRef;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.operation.Subject;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PathPatterns;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeKind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgePlan;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.util.List;

/** Purges what a route of a Buddy distribution caches. Buddy takes it and never says when it is done. */
public record PurgeBuddyRoute(BuddyDistributions client, BuddyRouteRef route, Batches batches) implements PurgePlan {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "buddyDistribution";

    /** Buddy names no limit; this keeps a request short. */
    private static final int PATHS_PER_REQUEST = 100;

    /** @throws io.jenkins.plugins.cachepurge.operation.InvalidInputException where Buddy cannot purge that */
    public static PurgeBuddyRoute of(BuddyDistributions client, BuddyRouteRef route, PurgeSelection what) {
        PathPatterns.check(what);
        return new PurgeBuddyRoute(client, route, new Batches(what, PATHS_PER_REQUEST));
    }

    @Override
    public Subject subject() {
        return new Subject(BuddyClient.SERVICE, "purge", route.toString());
    }

    @Override
    public PurgeSelection what() {
        return batches.what();
    }

    @Override
    public int requests() {
        return batches.count();
    }

    @Override
    public ApiCall<PurgeResult.Request> request(int number) {
        List<String> values = batches.values(number);
        return call(values).as(taken -> PurgeResult.Request.accepted(values.size()));
    }

    private ApiCall<Triggered> call(List<String> values) {
        if (what().kind() == PurgeKind.ALL) {
            return client.purgeAll(route);
        }
        return client.purge(route, PathPatterns.of(what().kind(), values));
    }

    @Override
    public PurgeResult result(List<PurgeResult.Request> requests) {
        return new PurgeResult(PROVIDER, route.routeId(), PurgeResult.ACCEPTED, what(), requests);
    }
}
