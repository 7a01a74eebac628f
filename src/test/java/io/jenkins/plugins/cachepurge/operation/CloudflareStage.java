package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.cloudflare.CloudflareClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.operation.cloudflare.CloudflarePurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeInTurn;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.simulator.CloudflareSimulator;
import java.util.List;

/** Cloudflare with a zone; a hundred URLs at most in a request. */
final class CloudflareStage {

    static final String ZONE = CloudflareSimulator.DEMO_ZONE;

    final VirtualTime time = new VirtualTime();
    final CloudflareSimulator cloudflare = CloudflareSimulator.demo(time);
    final Bench bench;

    CloudflareStage(DriverKind kind) {
        bench = new Bench(kind, time, cloudflare, Authentication.bearer(CloudflareSimulator.DEMO_TOKEN));
    }

    static Operation<PurgeResult> purge(PurgeSelection what, boolean soft, int urlsPerRequest) {
        return new PurgeInTurn(new CloudflarePurge(
                new CloudflareClient(ApiUrl.of("https://cloudflare.example/client/v4")),
                ZONE,
                what,
                soft,
                urlsPerRequest));
    }

    static Operation<PurgeResult> purge(PurgeSelection what) {
        return purge(what, false, 100);
    }

    static Operation<PurgeResult> purgeAll() {
        return purge(new PurgeSelection.Everything());
    }

    /** Of the URLs https://www.example.com/0, …/1 and so on. */
    static Operation<PurgeResult> purgeUrls(int count) {
        return purge(new PurgeSelection.Urls(FastlyStage.numbered("https://www.example.com/", count)));
    }

    /** What each purge that was taken selected, oldest first; none is everything. */
    List<List<String>> submitted() {
        return cloudflare.purges().stream()
                .map(io.jenkins.plugins.cachepurge.simulator.CloudflarePurge::values)
                .toList();
    }
}
