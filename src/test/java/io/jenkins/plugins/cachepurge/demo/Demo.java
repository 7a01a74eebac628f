package io.jenkins.plugins.cachepurge.demo;

import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipelineRef;
import io.jenkins.plugins.cachepurge.client.feldera.FelderaClient;
import io.jenkins.plugins.cachepurge.client.gotipath.GotipathClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.OkHttpExchanges;
import io.jenkins.plugins.cachepurge.client.scaleway.PurgeOrder;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.operation.BlockingDriver;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.OperationSession;
import io.jenkins.plugins.cachepurge.operation.buddy.ClearBuddyCache;
import io.jenkins.plugins.cachepurge.operation.buddy.RunScheduledExecution;
import io.jenkins.plugins.cachepurge.operation.feldera.ClearStorage;
import io.jenkins.plugins.cachepurge.operation.gotipath.GotipathPurge;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistory;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeInTurn;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
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
import java.util.SplittableRandom;
import okhttp3.OkHttpClient;

/** Runs every operation on this thread, against simulated services and without a Jenkins. */
public final class Demo {

    private static final DemoData DATA = DemoData.STANDARD;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final InstantSource clock = InstantSource.system();
    private final OkHttpClient http =
            HttpLimits.applyTo(new OkHttpClient.Builder()).build();
    private final OkHttpExchanges exchanges = new OkHttpExchanges(http, "cache-purge/demo", clock);

    /** Ends with 0 when every operation went well. */
    public static void main(String[] args) throws Exception {
        Demo demo = new Demo();
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
        Authentication token = Authentication.bearer(DATA.buddyToken());
        BuddyPipelineRef pipeline =
                new BuddyPipelineRef(DATA.buddyWorkspace(), DATA.buddyProject(), DATA.buddyPipelineId());
        run(new ClearBuddyCache(client, pipeline), token);
        run(
                RunScheduledExecution.of(
                        new RunScheduledExecution.Wish(client, pipeline, DATA.buddyExecutionId(), true, false)),
                token);
    }

    private void scaleway(ScalewayClient client) throws Exception {
        Authentication key = Authentication.header(ScalewayClient.TOKEN_HEADER, DATA.scalewaySecretKey());
        PurgeSelection paths = new PurgeSelection.Paths(List.of("/index.html", "/a", "/b", "/c", "/d", "/e"));
        run(
                ScalewayPurge.of(
                        new ScalewayPurge.Wish(client, DATA.scalewayPipelineId(), new Batches(paths, 5), true)),
                key);
        PurgeHistory earlier =
                run(ScalewayHistory.of(client, DATA.scalewayPipelineId(), PurgeOrder.NEWEST_FIRST, 3), key);
        run(ScalewayHistory.one(client, earlier.records().get(0).id()), key);
    }

    private void gotipath(GotipathClient client) throws Exception {
        Authentication keys = GotipathClient.authentication(
                DATA.gotipathClientId(), DATA.gotipathLibraryId(), DATA.gotipathApiKey(), Optional.empty());
        Batches everything = new Batches(new PurgeSelection.Everything(), 100);
        run(new PurgeInTurn(new GotipathPurge(client, DATA.gotipathDistributionId(), "url", everything)), keys);
    }

    private void feldera(FelderaClient client) throws Exception {
        Authentication key = Authentication.bearer(DATA.felderaApiKey());
        run(ClearStorage.of(new ClearStorage.Wish(client, DATA.felderaRunning(), true, true)), key);
    }

    private <R extends OperationResult> R run(Operation<R> operation, Authentication authentication) throws Exception {
        OperationSession<R> session = OperationSession.start(
                operation, TIMEOUT, clock, new SplittableRandom(), System.out::println, checkpoint -> {});
        BlockingDriver driver = new BlockingDriver(
                exchanges,
                () -> authentication,
                moment -> Thread.sleep(
                        Math.max(0, Duration.between(clock.instant(), moment).toMillis())),
                System.out::println);
        R result = driver.run(session);
        System.out.println("  = " + result.value());
        return result;
    }

    private static ApiUrl url(URI uri) {
        return ApiUrl.of(uri.toString());
    }
}
