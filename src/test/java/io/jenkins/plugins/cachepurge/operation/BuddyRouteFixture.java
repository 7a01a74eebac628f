package io.jenkins.plugins.cachepurge.operation;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;

import io.jenkins.plugins.cachepurge.client.buddy.BuddyDistributionClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyRouteRef;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyRoutePurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.BuddySimulator;
import io.jenkins.plugins.cachepurge.simulator.RecordedBuddyRoutePurge;
import java.util.List;

/** Buddy with a route of a distribution. */
public final class BuddyRouteFixture {

    private static final BuddyRouteRef ROUTE = new BuddyRouteRef(
            STANDARD.buddyWorkspace(), null, BuddySimulator.DEMO_DISTRIBUTION, BuddySimulator.DEMO_ROUTE);

    public final VirtualTime time = new VirtualTime();
    public final BuddySimulator buddy = STANDARD.buddy(time);
    public final EngineHarness harness;

    public BuddyRouteFixture(DriverKind kind) {
        harness = new EngineHarness(kind, time, buddy, Signer.bearer(STANDARD.buddyToken()));
    }

    /** Of the paths /0, /1 and so on. */
    public static Operation<?, PurgeResult> purge(int paths) {
        return purge(new PurgeSelection(SelectionType.PATHS, ScalewayFixture.paths(0, paths)));
    }

    public static Operation<?, PurgeResult> purge(PurgeSelection what) {
        BuddyDistributionClient client = new BuddyDistributionClient(ApiUrl.of("https://buddy.example"));
        return BuddyRoutePurge.of(client, ROUTE, what).operation();
    }

    /** The paths of each purge that was taken, oldest first; none is everything. */
    public List<List<String>> purged() {
        return buddy.routePurges().stream().map(RecordedBuddyRoutePurge::paths).toList();
    }
}
