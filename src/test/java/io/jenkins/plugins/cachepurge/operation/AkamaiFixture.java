package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.akamai.AkamaiClient;
import io.jenkins.plugins.cachepurge.client.akamai.AkamaiNetwork;
import io.jenkins.plugins.cachepurge.client.akamai.EdgeGridCredentials;
import io.jenkins.plugins.cachepurge.client.akamai.EdgeGridSignature;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.akamai.AkamaiPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.AkamaiSimulator;
import io.jenkins.plugins.cachepurge.simulator.RecordedAkamaiPurge;
import java.util.List;
import java.util.Optional;

/** Akamai with an API client, and a CP code. */
public final class AkamaiFixture {

    public final VirtualTime time = new VirtualTime();
    public final AkamaiSimulator akamai = AkamaiSimulator.demo(time);
    public final EngineHarness harness;

    public AkamaiFixture(DriverKind kind) {
        harness = new EngineHarness(kind, time, akamai, signer(AkamaiSimulator.DEMO_HOST));
    }

    /** Signs for a host, which may be an URL. */
    public static Signer signer(String host) {
        return EdgeGridSignature.signer(EdgeGridCredentials.of(
                host,
                AkamaiSimulator.DEMO_CLIENT_TOKEN,
                AkamaiSimulator.DEMO_CLIENT_SECRET,
                AkamaiSimulator.DEMO_ACCESS_TOKEN));
    }

    public static AkamaiClient client() {
        return new AkamaiClient(AkamaiClient.UNSIGNED_URL, AkamaiNetwork.PRODUCTION, Optional.empty());
    }

    public static Operation<?, PurgeResult> purge(PurgeSelection what, PurgeOptions options) {
        return AkamaiPurge.of(client(), what, List.of((long) AkamaiSimulator.DEMO_CP_CODE), options);
    }

    /** A hard purge whose end is waited for. */
    public static Operation<?, PurgeResult> purge(PurgeSelection what) {
        return purge(what, new PurgeOptions(false, true, "e1"));
    }

    /** Of the URLs https://www.example.com/0, …/1 and so on. */
    public static PurgeSelection urls(int count) {
        return new PurgeSelection(SelectionType.URLS, FastlyFixture.numbered("https://www.example.com/", count));
    }

    public static Operation<?, PurgeResult> purgeAll() {
        return purge(PurgeSelection.all());
    }

    /** Of the tags tag0, tag1 and so on. */
    public static Operation<?, PurgeResult> purgeTags(int count) {
        return purge(new PurgeSelection(SelectionType.TAGS, FastlyFixture.numbered("tag", count)));
    }

    /** The objects of each purge that was accepted, oldest first. */
    public List<List<String>> submitted() {
        return akamai.purges().stream().map(RecordedAkamaiPurge::objects).toList();
    }
}
