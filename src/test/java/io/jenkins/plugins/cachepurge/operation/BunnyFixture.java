package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.bunny.BunnyClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.bunny.BunnyPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.BunnySimulator;
import java.util.List;
import java.util.stream.IntStream;

/** bunny.net with a pull zone. */
public final class BunnyFixture {

    public static final long PULL_ZONE = BunnySimulator.DEMO_PULL_ZONE;

    public final VirtualTime time = new VirtualTime();
    public final BunnySimulator bunny = BunnySimulator.demo(time);
    public final EngineHarness harness;

    public BunnyFixture(DriverKind kind) {
        harness = new EngineHarness(kind, time, bunny, Signer.header(BunnyClient.KEY_HEADER, BunnySimulator.DEMO_KEY));
    }

    public static Operation<?, PurgeResult> purge(PurgeSelection what) {
        return purge(PULL_ZONE, what, true);
    }

    public static Operation<?, PurgeResult> purge(long pullZone, PurgeSelection what, boolean awaitEnd) {
        BunnyClient client = new BunnyClient(ApiUrl.of("https://bunny.example"));
        return new BunnyPurge(client, pullZone, what, awaitEnd).operation();
    }

    public static PurgeSelection urls(int count) {
        return new PurgeSelection(
                SelectionType.URLS,
                IntStream.range(0, count)
                        .mapToObj(i -> "https://acme.b-cdn.net/" + i)
                        .toList());
    }

    /** What was purged, in its order. */
    public List<String> purged() {
        return bunny.purges().stream()
                .map(purge -> purge.kind() + " " + purge.what())
                .toList();
    }
}
