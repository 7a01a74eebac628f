package io.jenkins.plugins.cachepurge.caches;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.OkHttpTransport;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.httpcache.HttpCacheClient;
import io.jenkins.plugins.cachepurge.engine.StandaloneEngine;
import io.jenkins.plugins.cachepurge.operation.httpcache.HttpCachePurge;
import io.jenkins.plugins.cachepurge.operation.httpcache.PurgeScopes;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;

/** Purges real caches as a build does, but on this thread. */
public record CachePurger(HttpCacheClient server, Consumer<String> console, Duration timeout) {

    private static final OkHttpTransport EXCHANGES = new OkHttpTransport(
            HttpLimits.applyTo(new OkHttpClient.Builder()).build(), "cache-purge/test", InstantSource.system());

    public CachePurger(HttpCacheClient server) {
        this(server, line -> {}, Duration.ofSeconds(20));
    }

    /** Purges for the visitors' host. */
    public PurgeResult purge(PurgeSelection what, String... instances) throws ApiException {
        return purge(what, PageFetcher.HOST, instances);
    }

    /** @param host empty for that of the cache's own URL */
    public PurgeResult purge(PurgeSelection what, String host, List<String> instances) throws ApiException {
        return purge(what, host, instances.toArray(String[]::new));
    }

    private PurgeResult purge(PurgeSelection what, String host, String[] instances) throws ApiException {
        HttpCachePurge purge = new HttpCachePurge(
                "test",
                server,
                new PurgeScopes(what, host),
                List.of(instances).stream().map(ApiUrl::of).toList());
        try (StandaloneEngine engine = new StandaloneEngine(EXCHANGES)) {
            return engine.run(purge.operation(), timeout, Signer.NONE, console::accept);
        } catch (ApiException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
