package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.fastly.FastlyClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.fastly.FastlyPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.FastlySimulator;
import java.util.List;
import java.util.stream.IntStream;

/** Fastly with a service. */
public final class FastlyFixture {

    public static final String SERVICE = FastlySimulator.DEMO_SERVICE;

    public final VirtualTime time = new VirtualTime();
    public final FastlySimulator fastly = FastlySimulator.demo(time);
    public final EngineHarness harness;

    public FastlyFixture(DriverKind kind) {
        harness = new EngineHarness(
                kind, time, fastly, Signer.header(FastlyClient.TOKEN_HEADER, FastlySimulator.DEMO_TOKEN));
    }

    public static Operation<?, PurgeResult> purge(PurgeSelection what, boolean soft) {
        return new FastlyPurge(new FastlyClient(ApiUrl.of("https://fastly.example")), SERVICE, what, soft).operation();
    }

    public static Operation<?, PurgeResult> purgeAll() {
        return purge(PurgeSelection.all(), false);
    }

    /** Of the tags tag0, tag1 and so on. */
    public static Operation<?, PurgeResult> purgeTags(int count) {
        return purge(new PurgeSelection(SelectionType.TAGS, numbered("tag", count)), false);
    }

    /** Of the URLs https://www.example.com/0, …/1 and so on. */
    public static Operation<?, PurgeResult> purgeUrls(int count) {
        return purge(new PurgeSelection(SelectionType.URLS, numbered("https://www.example.com/", count)), false);
    }

    public static List<String> numbered(String start, int count) {
        return IntStream.range(0, count).mapToObj(i -> start + i).toList();
    }

    /** The keys or the URL of each purge that was done, oldest first; none is everything. */
    public List<List<String>> submitted() {
        return fastly.purges().stream()
                .map(io.jenkins.plugins.cachepurge.simulator.RecordedFastlyPurge::values)
                .toList();
    }
}
