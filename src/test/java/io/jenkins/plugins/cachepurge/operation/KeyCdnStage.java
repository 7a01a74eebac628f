package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.keycdn.KeyCdnClient;
import io.jenkins.plugins.cachepurge.operation.keycdn.KeyCdnPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeInTurn;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.simulator.KeyCdnSimulator;
import java.util.List;

/** KeyCDN with a zone. */
final class KeyCdnStage {

    static final long ZONE = Long.parseLong(KeyCdnSimulator.DEMO_ZONE);

    final VirtualTime time = new VirtualTime();
    final KeyCdnSimulator keyCdn = KeyCdnSimulator.demo(time);
    final Bench bench;

    KeyCdnStage(DriverKind kind) {
        bench = new Bench(kind, time, keyCdn, Authentication.basicUser(KeyCdnSimulator.DEMO_KEY));
    }

    static Operation<PurgeResult> purge(PurgeSelection what) {
        return new PurgeInTurn(new KeyCdnPurge(new KeyCdnClient(ApiUrl.of("https://keycdn.example")), ZONE, what));
    }

    static Operation<PurgeResult> purgeAll() {
        return purge(new PurgeSelection.Everything());
    }

    /** Of the tags tag0, tag1 and so on. */
    static Operation<PurgeResult> purgeTags(int count) {
        return purge(new PurgeSelection.Tags(FastlyStage.numbered("tag", count)));
    }

    /** The URLs or tags of each purge that was done, oldest first; none is everything. */
    List<List<String>> submitted() {
        return keyCdn.purges().stream()
                .map(io.jenkins.plugins.cachepurge.simulator.KeyCdnPurge::values)
                .toList();
    }
}
