package io.jenkins.plugins.cachepurge.caches;

import io.jenkins.plugins.cachepurge.client.caches.CacheServer;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.OkHttpExchanges;
import io.jenkins.plugins.cachepurge.operation.BlockingDriver;
import io.jenkins.plugins.cachepurge.operation.OperationSession;
import io.jenkins.plugins.cachepurge.operation.caches.CachesPurge;
import io.jenkins.plugins.cachepurge.operation.caches.PagesToPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;

/** Purges real caches as a build does, but on this thread. */
public record Purging(CacheServer server, Consumer<String> console, Duration timeout) {

    private static final OkHttpExchanges EXCHANGES = new OkHttpExchanges(
            HttpLimits.applyTo(new OkHttpClient.Builder()).build(), "cache-purge/test", InstantSource.system());

    public Purging(CacheServer server) {
        this(server, line -> {}, Duration.ofSeconds(20));
    }

    /** Purges for the visitors' host. */
    public PurgeResult purge(PurgeSelection what, String... instances) throws ApiException {
        return purge(what, Visitor.HOST, instances);
    }

    /** @param host empty for that of the cache's own URL */
    public PurgeResult purge(PurgeSelection what, String host, List<String> instances) throws ApiException {
        return purge(what, host, instances.toArray(String[]::new));
    }

    private PurgeResult purge(PurgeSelection what, String host, String[] instances) throws ApiException {
        CachesPurge.Wish wish = new CachesPurge.Wish("test", server, new PagesToPurge(what, host));
        CachesPurge purge =
                CachesPurge.of(wish, List.of(instances).stream().map(ApiUrl::of).toList());
        InstantSource clock = InstantSource.system();
        OperationSession<PurgeResult> session = OperationSession.start(
                purge, timeout, clock, new SplittableRandom(), console::accept, checkpoint -> {});
        BlockingDriver driver = new BlockingDriver(
                EXCHANGES,
                () -> Authentication.NONE,
                moment -> Thread.sleep(
                        Math.max(0, Duration.between(clock.instant(), moment).toMillis())),
                console::accept);
        try {
            return driver.run(session);
        } catch (ApiException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
