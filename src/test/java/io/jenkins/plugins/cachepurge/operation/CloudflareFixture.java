package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.cloudflare.CloudflareClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.cloudflare.CloudflarePurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.CloudflareSimulator;
import java.util.List;

/** Cloudflare with a zone; a hundred URLs at most in a request. */
public final class CloudflareFixture {

    public static final String ZONE = CloudflareSimulator.DEMO_ZONE;

    public final VirtualTime time = new VirtualTime();
    public final CloudflareSimulator cloudflare = CloudflareSimulator.demo(time);
    public final EngineHarness harness;

    public CloudflareFixture(DriverKind kind) {
        harness = new EngineHarness(kind, time, cloudflare, Signer.bearer(CloudflareSimulator.DEMO_TOKEN));
    }

    public static Operation<?, PurgeResult> purge(PurgeSelection what, boolean soft, int urlsPerRequest) {
        return new CloudflarePurge(
                        new CloudflareClient(ApiUrl.of("https://cloudflare.example/client/v4")),
                        ZONE,
                        what,
                        soft,
                        urlsPerRequest)
                .operation();
    }

    public static Operation<?, PurgeResult> purge(PurgeSelection what) {
        return purge(what, false, 100);
    }

    public static Operation<?, PurgeResult> purgeAll() {
        return purge(PurgeSelection.all());
    }

    /** Of the URLs https://www.example.com/0, …/1 and so on. */
    public static Operation<?, PurgeResult> purgeUrls(int count) {
        return purge(new PurgeSelection(SelectionType.URLS, FastlyFixture.numbered("https://www.example.com/", count)));
    }

    /** What each purge that was taken selected, oldest first; none is everything. */
    public List<List<String>> submitted() {
        return cloudflare.purges().stream()
                .map(io.jenkins.plugins.cachepurge.simulator.RecordedCloudflarePurge::values)
                .toList();
    }
}
