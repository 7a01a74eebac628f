package io.jenkins.plugins.cachepurge.operation;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;

import io.jenkins.plugins.cachepurge.client.buddy.BuddyDistributions;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyRouteRef;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.operation.buddy.PurgeBuddyRoute;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeInTurn;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.simulator.BuddyRoutePurge;
import io.jenkins.plugins.cachepurge.simulator.BuddySimulator;
import java.util.List;

/** Buddy with a route of a distribution. */
final class BuddyRouteStage {

    private static final BuddyRouteRef ROUTE = new BuddyRouteRef(
            STANDARD.buddyWorkspace(), null, BuddySimulator.DEMO_DISTRIBUTION, BuddySimulator.DEMO_ROUTE);

    final VirtualTime time = new VirtualTime();
    final BuddySimulator buddy = STANDARD.buddy(time);
    final Bench bench;

    BuddyRouteStage(DriverKind kind) {
        bench = new Bench(kind, time, buddy, Authentication.bearer(STANDARD.buddyToken()));
    }

    /** Of the paths /0, /1 and so on. */
    static Operation<PurgeResult> purge(int paths) {
        return purge(new PurgeSelection.Paths(ScalewayStage.paths(0, paths)));
    }

    static Operation<PurgeResult> purge(PurgeSelection what) {
        BuddyDistributions client = new BuddyDistributions(ApiUrl.of("https://buddy.example"));
        return new PurgeInTurn(PurgeBuddyRoute.of(client, ROUTE, what));
    }

    /** The paths of each purge that was taken, oldest first; none is everything. */
    List<List<String>> purged() {
        return buddy.routePurges().stream().map(BuddyRoutePurge::paths).toList();
    }
}
