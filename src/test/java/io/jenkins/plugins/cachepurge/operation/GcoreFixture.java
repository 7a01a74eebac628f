package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.gcore.GcoreClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.gcore.GcorePurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.GcoreSimulator;
import java.util.List;

/** Gcore with a CDN resource that has two names; a purge takes five seconds. */
public final class GcoreFixture {

    public static final long RESOURCE = GcoreSimulator.DEMO_RESOURCE;

    public final VirtualTime time = new VirtualTime();
    public final GcoreSimulator gcore = GcoreSimulator.demo(time);
    public final EngineHarness harness;

    public GcoreFixture(DriverKind kind) {
        harness = new EngineHarness(kind, time, gcore, GcoreClient.authentication(GcoreSimulator.DEMO_TOKEN));
    }

    public static Operation<?, PurgeResult> purgeAll() {
        return purge(PurgeSelection.all(), true);
    }

    /** Of the paths /0, /1 and so on. */
    public static Operation<?, PurgeResult> purge(int paths) {
        return purge(new PurgeSelection(SelectionType.PATHS, ScalewayFixture.paths(0, paths)), true);
    }

    public static Operation<?, PurgeResult> purge(PurgeSelection what, boolean awaitEnd) {
        return GcorePurge.of(new GcoreClient(ApiUrl.of("https://gcore.example")), RESOURCE, what, awaitEnd);
    }

    /** What each purge that was taken names, oldest first; nothing is everything. */
    public List<List<String>> submitted() {
        return gcore.purges().stream()
                .map(io.jenkins.plugins.cachepurge.simulator.RecordedGcorePurge::values)
                .toList();
    }
}
