package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.gcore.GcoreClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.operation.gcore.GcorePurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.simulator.GcoreSimulator;
import java.util.List;

/** Gcore with a CDN resource that has two names; a purge takes five seconds. */
final class GcoreStage {

    static final long RESOURCE = GcoreSimulator.DEMO_RESOURCE;

    final VirtualTime time = new VirtualTime();
    final GcoreSimulator gcore = GcoreSimulator.demo(time);
    final Bench bench;

    GcoreStage(DriverKind kind) {
        bench = new Bench(kind, time, gcore, GcoreClient.authentication(GcoreSimulator.DEMO_TOKEN));
    }

    static Operation<PurgeResult> purgeAll() {
        return purge(new PurgeSelection.Everything(), true);
    }

    /** Of the paths /0, /1 and so on. */
    static Operation<PurgeResult> purge(int paths) {
        return purge(new PurgeSelection.Paths(ScalewayStage.paths(0, paths)), true);
    }

    static Operation<PurgeResult> purge(PurgeSelection what, boolean awaitEnd) {
        return GcorePurge.of(new GcoreClient(ApiUrl.of("https://gcore.example")), RESOURCE, what, awaitEnd);
    }

    /** What each purge that was taken names, oldest first; nothing is everything. */
    List<List<String>> submitted() {
        return gcore.purges().stream()
                .map(io.jenkins.plugins.cachepurge.simulator.GcorePurge::values)
                .toList();
    }
}
