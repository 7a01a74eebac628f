package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.bunny.BunnyClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.operation.bunny.BunnyPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeInTurn;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.simulator.BunnySimulator;
import java.util.List;
import java.util.stream.IntStream;

/** bunny.net with a pull zone. */
final class BunnyStage {

    static final long PULL_ZONE = BunnySimulator.DEMO_PULL_ZONE;

    final VirtualTime time = new VirtualTime();
    final BunnySimulator bunny = BunnySimulator.demo(time);
    final Bench bench;

    BunnyStage(DriverKind kind) {
        bench = new Bench(kind, time, bunny, Authentication.header(BunnyClient.KEY_HEADER, BunnySimulator.DEMO_KEY));
    }

    static Operation<PurgeResult> purge(PurgeSelection what) {
        return purge(PULL_ZONE, what, true);
    }

    static Operation<PurgeResult> purge(long pullZone, PurgeSelection what, boolean awaitEnd) {
        BunnyClient client = new BunnyClient(ApiUrl.of("https://bunny.example"));
        return new PurgeInTurn(new BunnyPurge(client, pullZone, what, awaitEnd));
    }

    static PurgeSelection urls(int count) {
        return new PurgeSelection.Urls(IntStream.range(0, count)
                .mapToObj(i -> "https://acme.b-cdn.net/" + i)
                .toList());
    }

    /** What was purged, in its order. */
    List<String> purged() {
        return bunny.purges().stream()
                .map(purge -> purge.kind() + " " + purge.what())
                .toList();
    }
}
