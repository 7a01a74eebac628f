package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.httpcache.HttpCacheClient;
import io.jenkins.plugins.cachepurge.client.httpcache.NginxClient;
import io.jenkins.plugins.cachepurge.client.httpcache.PurgeMethodClient;
import io.jenkins.plugins.cachepurge.client.httpcache.VarnishClient;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.httpcache.CacheInput;
import io.jenkins.plugins.cachepurge.operation.httpcache.CacheOptions;
import io.jenkins.plugins.cachepurge.operation.httpcache.HttpCachePurge;
import io.jenkins.plugins.cachepurge.operation.httpcache.NotCached;
import io.jenkins.plugins.cachepurge.operation.httpcache.PurgeScopes;
import io.jenkins.plugins.cachepurge.operation.purge.CombinedPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.site.SitePurge;
import io.jenkins.plugins.cachepurge.simulator.CacheSimulator;
import io.jenkins.plugins.cachepurge.simulator.CacheSimulator.Kind;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Headers of requests to a cache, and what follows if nothing was cached. */
class CacheOptionsTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final String HOST = "www.example.org";
    private static final ApiUrl CACHE = ApiUrl.of("http://cache.example:6081");
    private static final ApiUrl OTHER = ApiUrl.of("http://other.example:6081");

    private final CacheSimulator cache = new CacheSimulator(Kind.VARNISH, false);
    private final EngineHarness harness = new EngineHarness(DriverKind.ASYNC, new VirtualTime(), cache, Signer.NONE);

    private void visit(String path, Map<String, List<String>> headers) {
        cache.handle(SimRequest.of("GET", URI.create("http://" + HOST + path), headers, new byte[0]));
    }

    private void visit(String path) {
        visit(path, Map.of("Host", List.of(HOST)));
    }

    private static HttpCacheClient client(Kind kind) {
        return switch (kind) {
            case VARNISH -> new VarnishClient(false);
            case NGINX -> new NginxClient(false);
            case TRAFFIC_SERVER -> PurgeMethodClient.TRAFFIC_SERVER;
            case SQUID -> PurgeMethodClient.SQUID;
        };
    }

    private static Operation<?, PurgeResult> purge(CacheOptions options, List<ApiUrl> instances, String... paths) {
        PurgeScopes scopes = new PurgeScopes(new PurgeSelection(SelectionType.PATHS, List.of(paths)), HOST);
        return new HttpCachePurge("varnish", client(Kind.VARNISH), scopes, instances, options).operation();
    }

    private PurgeResult purged(NotCached notCached, String... paths) {
        CacheOptions options = new CacheOptions(Map.of(), notCached);
        return harness.run(purge(options, List.of(CACHE), paths), TIMEOUT).succeeded();
    }

    @Test
    void warnsIfNothingWasCached() {
        PurgeResult result = purged(NotCached.WARN, "/a", "/b");
        String warning =
                "Varnish had nothing cached of 2 paths. Usual causes: nobody has requested them since they were last purged;"
                        + " or another host than in the visitors' browser (host); or a hash or key of the cache with the scheme or with another header (headers).";
        assertEquals(warning, result.warning().orElseThrow().toString());
        assertEquals(List.of("/a", "/b"), result.notCached());
        assertTrue(result.toPipelineValue().toString().contains("notCached=[/a, /b]"));
        assertEquals(
                "WARNING: " + warning, harness.console().get(harness.console().size() - 1));
    }

    @Test
    void namesWhatWasNotCachedWithoutWarningIfSomethingWas() {
        visit("/b");
        PurgeResult result = purged(NotCached.FAIL, "/a", "/b", "/c");
        assertTrue(result.warning().isEmpty());
        assertEquals(List.of("/a", "/c"), result.notCached());
        assertFalse(harness.consoleText().contains("WARNING"), harness::consoleText);
    }

    @Test
    void failsIfNothingWasCached() {
        CacheOptions options = new CacheOptions(Map.of(), NotCached.FAIL);
        ApiException problem =
                harness.run(purge(options, List.of(CACHE), "/a"), TIMEOUT).failed(ApiException.Kind.FAILED);
        assertEquals(
                "Varnish was asked to purge path /a at http://cache.example:6081 and found nothing cached. Usual causes:"
                        + " nobody has requested them since they were last purged; or another host than in the visitors'"
                        + " browser (host); or a hash or key of the cache with the scheme"
                        + " or with another header (headers).",
                problem.getMessage());
    }

    @Test
    void saysNothingOnRequest() {
        PurgeResult result = purged(NotCached.OK, "/a");
        assertTrue(result.warning().isEmpty());
        assertEquals("not cached", result.status());
    }

    /** Both instances are the same simulator here: the second one finds what the first one has left. */
    @Test
    void whatOneInstanceHadIsNotListed() {
        visit("/a");
        CacheOptions options = new CacheOptions(Map.of(), NotCached.FAIL);
        PurgeResult result = harness.run(purge(options, List.of(CACHE, OTHER), "/a", "/b"), TIMEOUT)
                .succeeded();
        assertEquals(List.of("/b"), result.notCached());
    }

    @Test
    void listIsBounded() {
        String[] paths = IntStream.range(0, 250).mapToObj(i -> "/" + i).toArray(String[]::new);
        assertEquals(
                PurgeResult.MAX_NOT_CACHED,
                purged(NotCached.OK, paths).notCached().size());
    }

    /** Purges of pages and directories of changed files. */
    @Test
    void combinedPurgeWarnsOnlyIfNonePurgedAnything() {
        visit("/b");
        List<Operation<?, PurgeResult>> purges = new ArrayList<>();
        purges.add(purge(CacheOptions.DEFAULT, List.of(CACHE), "/a"));
        purges.add(purge(CacheOptions.DEFAULT, List.of(CACHE), "/b"));
        List<PurgeSelection> selections = List.of(PurgeSelection.paths("/a"), PurgeSelection.paths("/b"));
        PurgeResult result = harness.run(new CombinedPurge(purges, selections).operation(), TIMEOUT)
                .succeeded();
        assertTrue(result.warning().isEmpty());
        assertEquals(List.of("/a"), result.notCached());
    }

    @Test
    void siteTellsTheWarningsOfItsLayers() {
        SitePurge.Layer layer = new SitePurge.Layer("varnish", purge(CacheOptions.DEFAULT, List.of(CACHE), "/a"));
        SitePurge site =
                new SitePurge("www", LocalizedText.inOneLanguage("www"), PurgeSelection.paths("/a"), List.of(layer));
        PurgeResult result = harness.run(site.operation(), TIMEOUT).succeeded();
        assertTrue(result.warning().orElseThrow().toString().startsWith("Varnish had nothing cached of path /a. "));
        assertTrue(result.toPipelineValue().toString().contains("layers=[{provider=varnish"));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void headersReachTheCache(Kind kind) {
        CacheSimulator server = new CacheSimulator(kind, false);
        EngineHarness engine = new EngineHarness(DriverKind.BLOCKING, new VirtualTime(), server, Signer.NONE);
        server.handle(SimRequest.of(
                "GET",
                URI.create("http://www.example.org/a"),
                Map.of("Host", List.of(HOST), "X-Forwarded-Proto", List.of("https")),
                new byte[0]));
        PurgeScopes pages = new PurgeScopes(PurgeSelection.paths("/a"), HOST);
        HttpCachePurge without = new HttpCachePurge("cache", client(kind), pages, List.of(CACHE));
        assertEquals(
                "not cached",
                engine.run(without.operation(), TIMEOUT).succeeded().status());

        CacheOptions options = new CacheOptions(
                CacheInput.headers(List.of("x-forwarded-proto: https", "ACCEPT: text/html")), NotCached.FAIL);
        HttpCachePurge with = new HttpCachePurge("cache", client(kind), pages, List.of(CACHE), options);
        assertEquals("purged", engine.run(with.operation(), TIMEOUT).succeeded().status());
        SimRequest last = engine.service().requests("PURGE").get(1);
        assertEquals("text/html", last.header("Accept").orElseThrow());
        assertEquals(HOST, last.header("Host").orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Host: a | headers: must not contain Host, which the plugin sets itself or which belongs to the connection",
                "content-LENGTH: 1 | headers: must not contain content-LENGTH, which the plugin sets itself or which belongs to the connection",
                "Authorization: a | headers: must not contain Authorization, which the plugin sets itself or which belongs to the connection",
                "X-Purge: soft | headers: must not contain X-Purge, which the plugin sets itself or which belongs to the connection",
                "X-A | headers: 'X-A' must be the name of a header, a colon and its value",
                "X A: b | headers: 'X A' must be the name of an HTTP header",
                "X-A: ä | headers: 'ä' must be printable ASCII characters in one line",
            })
    void headersThatCannotBeSent(String line, String message) {
        InvalidInputException problem =
                assertThrows(InvalidInputException.class, () -> CacheInput.headers(List.of(line.trim())));
        assertEquals(message, problem.getMessage());
    }

    @Test
    void headersThatAreGivenTwice() {
        assertThrows(InvalidInputException.class, () -> CacheInput.headers(List.of("X-A: 1", "x-a: 2")));
        Map<String, String> headers = CacheInput.headers(List.of("X-A: 1"));
        assertThrows(InvalidInputException.class, () -> CacheInput.credentialsHeader("x-a", headers));
        assertThrows(InvalidInputException.class, () -> CacheInput.credentialsHeader("Host", headers));
        assertEquals("Authorization", CacheInput.credentialsHeader(" Authorization ", headers));
    }

    @Test
    void otherWordsThanThoseOfNotCached() {
        assertEquals(NotCached.FAIL, NotCached.of("fail"));
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> NotCached.of("FAIL"));
        assertEquals("notCached: must be ok, warn or fail, but was 'FAIL'", problem.getMessage());
    }
}
