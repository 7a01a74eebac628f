package io.jenkins.plugins.cachepurge.caches;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.OkHttpTransport;
import io.jenkins.plugins.cachepurge.client.http.Route;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.TrustedCertificates;
import io.jenkins.plugins.cachepurge.client.http.Via;
import io.jenkins.plugins.cachepurge.client.httpcache.HttpCacheClient;
import io.jenkins.plugins.cachepurge.engine.StandaloneEngine;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.httpcache.CacheOptions;
import io.jenkins.plugins.cachepurge.operation.httpcache.HttpCachePurge;
import io.jenkins.plugins.cachepurge.operation.httpcache.PurgeScopes;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import okhttp3.Dns;
import okhttp3.OkHttpClient;

/** Purges real caches as a build does, but on this thread. */
public record CachePurger(
        HttpCacheClient server,
        Consumer<String> console,
        Duration timeout,
        CacheOptions options,
        Connection connection) {

    /**
     * How caches are connected to.
     *
     * @param trusted certificates beside those of Java
     */
    record Connection(OkHttpTransport transport, TrustedCertificates trusted) {

        static final Connection DEFAULT = new Connection(transport(Dns.SYSTEM), TrustedCertificates.NONE);

        /** @param resolver finds the addresses of names */
        static Connection of(Dns resolver, TrustedCertificates trusted) {
            return new Connection(transport(resolver), trusted);
        }

        private static OkHttpTransport transport(Dns resolver) {
            OkHttpClient.Builder client = HttpLimits.applyTo(new OkHttpClient.Builder().dns(resolver));
            return new OkHttpTransport(client.build(), "cache-purge/test", InstantSource.system());
        }

        /** Runs a purge to its end on this thread. */
        PurgeResult run(Operation<?, PurgeResult> purge, Duration timeout, Consumer<String> console)
                throws ApiException {
            Signer signer = Signer.NONE.over(new Route(Via.CONTROLLER, trusted));
            try (StandaloneEngine engine = new StandaloneEngine(transport)) {
                return engine.run(purge, timeout, signer, line -> console.accept(line.toString()));
            } catch (ApiException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    public CachePurger(HttpCacheClient server, Consumer<String> console, Duration timeout) {
        this(server, console, timeout, CacheOptions.DEFAULT, Connection.DEFAULT);
    }

    public CachePurger(HttpCacheClient server) {
        this(server, line -> {}, Duration.ofSeconds(20));
    }

    CachePurger with(CacheOptions options) {
        return new CachePurger(server, console, timeout, options, connection);
    }

    CachePurger over(Connection connection) {
        return new CachePurger(server, console, timeout, options, connection);
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
                List.of(instances).stream().map(ApiUrl::of).toList(),
                options);
        return connection.run(purge.operation(), timeout, console);
    }
}
