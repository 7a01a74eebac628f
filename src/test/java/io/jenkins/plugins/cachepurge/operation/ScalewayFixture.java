package io.jenkins.plugins.cachepurge.operation;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.client.scaleway.SortOrder;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryEntry;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.scaleway.ScalewayHistory;
import io.jenkins.plugins.cachepurge.operation.scaleway.ScalewayPurge;
import io.jenkins.plugins.cachepurge.simulator.ScalewaySimulator;
import java.util.List;
import java.util.stream.IntStream;

/** Scaleway with a pipeline that was purged twice before; a purge takes five seconds, and five paths at most. */
public final class ScalewayFixture {

    public static final String PIPELINE = STANDARD.scalewayPipelineId();

    private static final int EARLIER = 2;
    private static final int PATHS_PER_REQUEST = 5;
    private static final ScalewayClient CLIENT = new ScalewayClient(ApiUrl.of("https://scaleway.example"));

    public final VirtualTime time = new VirtualTime();
    public final ScalewaySimulator scaleway = STANDARD.scaleway(time);
    public final EngineHarness harness;

    public ScalewayFixture(DriverKind kind) {
        harness = new EngineHarness(
                kind, time, scaleway, Signer.header(ScalewayClient.TOKEN_HEADER, STANDARD.scalewaySecretKey()));
    }

    public static Operation<?, PurgeResult> purgeAll() {
        return purge(PurgeSelection.all(), true);
    }

    /** Of the paths /0, /1 and so on. */
    public static Operation<?, PurgeResult> purge(int paths) {
        return purge(new PurgeSelection(SelectionType.PATHS, paths(0, paths)), true);
    }

    public static Operation<?, PurgeResult> purge(PurgeSelection what, boolean awaitEnd) {
        return new ScalewayPurge(CLIENT, PIPELINE, new Batches(what, PATHS_PER_REQUEST), awaitEnd).operation();
    }

    public static Operation<?, PurgeHistoryResult> history(SortOrder order, int limit) {
        return new ScalewayHistory(CLIENT, PIPELINE, order, limit).operation();
    }

    public static Operation<?, PurgeHistoryEntry> one(String id) {
        return ScalewayHistory.one(CLIENT, id);
    }

    public static List<String> paths(int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> "/" + number).toList();
    }

    /** What the purge requests name that were made since the start, oldest first; an empty list is everything. */
    public List<List<String>> submitted() {
        return scaleway.purgeRequests().stream()
                .skip(EARLIER)
                .map(io.jenkins.plugins.cachepurge.simulator.RecordedScalewayPurge::assets)
                .toList();
    }
}
