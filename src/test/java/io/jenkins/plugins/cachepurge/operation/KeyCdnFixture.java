package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.keycdn.KeyCdnClient;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.keycdn.KeyCdnPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.KeyCdnSimulator;
import java.util.List;

/** KeyCDN with a zone. */
public final class KeyCdnFixture {

    public static final long ZONE = Long.parseLong(KeyCdnSimulator.DEMO_ZONE);

    public final VirtualTime time = new VirtualTime();
    public final KeyCdnSimulator keyCdn = KeyCdnSimulator.demo(time);
    public final EngineHarness harness;

    public KeyCdnFixture(DriverKind kind) {
        harness = new EngineHarness(kind, time, keyCdn, Signer.basicUser(KeyCdnSimulator.DEMO_KEY));
    }

    public static Operation<?, PurgeResult> purge(PurgeSelection what) {
        return new KeyCdnPurge(new KeyCdnClient(ApiUrl.of("https://keycdn.example")), ZONE, what).operation();
    }

    public static Operation<?, PurgeResult> purgeAll() {
        return purge(PurgeSelection.all());
    }

    /** Of the tags tag0, tag1 and so on. */
    public static Operation<?, PurgeResult> purgeTags(int count) {
        return purge(new PurgeSelection(SelectionType.TAGS, FastlyFixture.numbered("tag", count)));
    }

    /** The URLs or tags of each purge that was done, oldest first; none is everything. */
    public List<List<String>> submitted() {
        return keyCdn.purges().stream()
                .map(io.jenkins.plugins.cachepurge.simulator.RecordedKeyCdnPurge::values)
                .toList();
    }
}
