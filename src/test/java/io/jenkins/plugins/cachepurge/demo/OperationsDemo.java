package io.jenkins.plugins.cachepurge.demo;

import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipelineRef;
import io.jenkins.plugins.cachepurge.client.feldera.FelderaClient;
import io.jenkins.plugins.cachepurge.client.gotipath.GotipathClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.OkHttpTransport;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.client.scaleway.SortOrder;
import io.jenkins.plugins.cachepurge.engine.StandaloneEngine;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyCacheClear;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyScheduledRun;
import io.jenkins.plugins.cachepurge.operation.feldera.FelderaStorageClear;
import io.jenkins.plugins.cachepurge.operation.gotipath.GotipathPurge;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.scaleway.ScalewayHistory;
import io.jenkins.plugins.cachepurge.operation.scaleway.ScalewayPurge;
import io.jenkins.plugins.cachepurge.simulator.DemoData;
import io.jenkins.plugins.cachepurge.simulator.Simulators;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** Runs every operation on this thread, against simulated services and without a Jenkins. */
public final class OperationsDemo {

    private static final DemoData DATA = DemoData.STANDARD;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final InstantSource clock = InstantSource.system();
    private final OkHttpClient http =
            HttpLimits.applyTo(new OkHttpClient.Builder()).build();
    private final StandaloneEngine engine = new StandaloneEngine(new OkHttpTransport(http, "cache-purge/demo", clock));

    /** Ends with 0 when every operation went well. */
    public static void main(String[] args) throws Exception {
        OperationsDemo demo = new OperationsDemo();
        try (Simulators services = Simulators.start(Map.of(), DATA, InstantSource.system())) {
            demo.run(services);
        } finally {
            demo.http.dispatcher().executorService().shutdown();
        }
    }

    private void run(Simulators services) throws Exception {
        buddy(new BuddyClient(url(services.buddy())));
        scaleway(new ScalewayClient(url(services.scaleway())));
        gotipath(new GotipathClient(url(services.gotipath())));
        feldera(new FelderaClient(url(services.feldera()), null));
    }

    private void buddy(BuddyClient client) throws Exception {
        Signer token = Signer.bearer(DATA.buddyToken());
        BuddyPipelineRef pipeline =
                new BuddyPipelineRef(DATA.buddyWorkspace(), DATA.buddyProject(), DATA.buddyPipelineId());
        run(BuddyCacheClear.of(client, pipeline), token);
        run(new BuddyScheduledRun(client, pipeline, DATA.buddyExecutionId(), true, false).operation(), token);
    }

    private void scaleway(ScalewayClient client) throws Exception {
        Signer key = Signer.header(ScalewayClient.TOKEN_HEADER, DATA.scalewaySecretKey());
        PurgeSelection paths =
                new PurgeSelection(SelectionType.PATHS, List.of("/index.html", "/a", "/b", "/c", "/d", "/e"));
        run(new ScalewayPurge(client, DATA.scalewayPipelineId(), new Batches(paths, 5), true).operation(), key);
        PurgeHistoryResult earlier =
                run(new ScalewayHistory(client, DATA.scalewayPipelineId(), SortOrder.NEWEST_FIRST, 3).operation(), key);
        run(ScalewayHistory.one(client, earlier.entries().get(0).id()), key);
    }

    private void gotipath(GotipathClient client) throws Exception {
        Signer keys = GotipathClient.authentication(
                DATA.gotipathClientId(), DATA.gotipathLibraryId(), DATA.gotipathApiKey(), Optional.empty());
        Batches everything = new Batches(PurgeSelection.all(), 100);
        run(new GotipathPurge(client, DATA.gotipathDistributionId(), "url", everything).operation(), keys);
    }

    private void feldera(FelderaClient client) throws Exception {
        Signer key = Signer.bearer(DATA.felderaApiKey());
        run(new FelderaStorageClear(client, DATA.felderaRunning(), true, true).operation(), key);
    }

    private <R extends OperationResult> R run(Operation<?, R> operation, Signer authentication) throws Exception {
        R result = engine.run(operation, TIMEOUT, authentication, System.out::println);
        System.out.println("  = " + result.toPipelineValue());
        return result;
    }

    private static ApiUrl url(URI uri) {
        return ApiUrl.of(uri.toString());
    }
}
