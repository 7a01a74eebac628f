package io.jenkins.plugins.cachepurge.operation;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.scaleway.PurgeOrder;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistory;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeRecord;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.scaleway.ScalewayHistory;
import io.jenkins.plugins.cachepurge.operation.scaleway.ScalewayPurge;
import io.jenkins.plugins.cachepurge.simulator.ScalewaySimulator;
import java.util.List;
import java.util.stream.IntStream;

/** Scaleway with a pipeline that was purged twice before; a purge takes five seconds, and five paths at most. */
final class ScalewayStage {

    static final String PIPELINE = STANDARD.scalewayPipelineId();

    private static final int EARLIER = 2;
    private static final int PATHS_PER_REQUEST = 5;
    private static final ScalewayClient CLIENT = new ScalewayClient(ApiUrl.of("https://scaleway.example"));

    final VirtualTime time = new VirtualTime();
    final ScalewaySimulator scaleway = STANDARD.scaleway(time);
    final Bench bench;

    ScalewayStage(DriverKind kind) {
        bench = new Bench(
                kind, time, scaleway, Authentication.header(ScalewayClient.TOKEN_HEADER, STANDARD.scalewaySecretKey()));
    }

    static Operation<PurgeResult> purgeAll() {
        return purge(new PurgeSelection.Everything(), true);
    }

    /** Of the paths /0, /1 and so on. */
    static Operation<PurgeResult> purge(int paths) {
        return purge(new PurgeSelection.Paths(paths(0, paths)), true);
    }

    static Operation<PurgeResult> purge(PurgeSelection what, boolean awaitEnd) {
        return ScalewayPurge.of(
                new ScalewayPurge.Wish(CLIENT, PIPELINE, new Batches(what, PATHS_PER_REQUEST), awaitEnd));
    }

    static Operation<PurgeHistory> history(PurgeOrder order, int limit) {
        return ScalewayHistory.of(CLIENT, PIPELINE, order, limit);
    }

    static Operation<PurgeRecord> one(String id) {
        return ScalewayHistory.one(CLIENT, id);
    }

    static List<String> paths(int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> "/" + number).toList();
    }

    /** What the purge requests name that were made since the start, oldest first; an empty list is everything. */
    List<List<String>> submitted() {
        return scaleway.purgeRequests().stream()
                .skip(EARLIER)
                .map(io.jenkins.plugins.cachepurge.simulator.ScalewayPurge::assets)
                .toList();
    }
}
