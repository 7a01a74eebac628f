package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.OkHttpTransport;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.httpcache.VarnishClient;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.SimulatedCrash;
import io.jenkins.plugins.cachepurge.engine.StandaloneEngine;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.httpcache.CacheInput;
import io.jenkins.plugins.cachepurge.operation.httpcache.CacheOptions;
import io.jenkins.plugins.cachepurge.operation.httpcache.HttpCachePurge;
import io.jenkins.plugins.cachepurge.operation.httpcache.InstanceAddressOption;
import io.jenkins.plugins.cachepurge.operation.httpcache.NotCached;
import io.jenkins.plugins.cachepurge.operation.httpcache.PurgeScopes;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.simulator.CacheSimulator;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Caches behind one name: each of its addresses is purged, and must say so. */
class InstanceAddressOptionTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final String NAME = "caches.example.org";

    private final List<AutoCloseable> running = new ArrayList<>();
    private final List<String> lookedUp = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : running) {
            one.close();
        }
    }

    /** The resolver and the caches of a simulated network; a second lookup finds others. */
    private final class Network implements SimService {

        private int lookups;

        @Override
        public String name() {
            return "network";
        }

        @Override
        public SimResponse handle(SimRequest request) {
            if (request.method().equals("LOOKUP")) {
                lookups++;
                return SimResponse.text(200, "text/plain", lookups == 1 ? "10.0.0.1\nfd00::1" : "10.0.0.9");
            }
            return SimResponse.text(200, "text/html", "<title>200 Page purged</title>");
        }
    }

    private static Operation<?, PurgeResult> purge(String url, InstanceAddressOption addresses, String... paths) {
        return new HttpCachePurge(
                        "varnish",
                        new VarnishClient(false),
                        new PurgeScopes(PurgeSelection.paths(paths), "www.example.org"),
                        List.of(ApiUrl.of(url)),
                        new CacheOptions(Map.of(), NotCached.WARN, addresses))
                .operation();
    }

    @Test
    void eachAddressOfTheNameIsPurged() {
        EngineHarness harness = new EngineHarness(DriverKind.ASYNC, new VirtualTime(), new Network(), Signer.NONE);
        PurgeResult result = harness.run(purge("http://" + NAME, InstanceAddressOption.ALL, "/a"), TIMEOUT)
                .succeeded();
        assertEquals(
                List.of("http://caches.example.org (10.0.0.1)", "http://caches.example.org (fd00::1)"),
                result.requests().stream().map(PurgeResult.RequestResult::id).toList());
        assertEquals(2, harness.service().requests("PURGE").size());
    }

    /** A name that has other addresses after a restart does not change what is purged. */
    @Test
    void restartGoesOnWithTheAddressesThatWereFound() {
        EngineHarness harness = new EngineHarness(DriverKind.ASYNC, new VirtualTime(), new Network(), Signer.NONE);
        Operation<?, PurgeResult> purge = purge("http://" + NAME, InstanceAddressOption.ALL, "/a");
        harness.service().failNext(request -> request.method().equals("PURGE"), UsualFaults.stall());
        AtomicInteger boundaries = new AtomicInteger();
        harness.transport().atEachBoundary(() -> {
            if (boundaries.incrementAndGet() == 5) {
                harness.crash();
                throw new SimulatedCrash();
            }
        });
        assertThrows(SimulatedCrash.class, () -> harness.run(purge, TIMEOUT));
        harness.transport().atEachBoundary(() -> {});
        harness.restart();
        PurgeResult result = harness.run(harness.resumed(purge, TIMEOUT)).succeeded();
        assertEquals(1, harness.service().requests("LOOKUP").size());
        assertTrue(result.target().contains("10.0.0.1"), result::target);
    }

    @Test
    void addressThatRefusesIsNamed() {
        EngineHarness harness = new EngineHarness(DriverKind.ASYNC, new VirtualTime(), new Network(), Signer.NONE);
        harness.service()
                .failNext(request -> request.method().equals("PURGE"), UsualFaults.redirectTo("http://elsewhere/"));
        ApiException problem = harness.run(purge("http://" + NAME, InstanceAddressOption.ALL, "/a"), TIMEOUT)
                .failed(ApiException.Kind.FAILED);
        assertTrue(
                problem.getMessage()
                        .contains(
                                "purge /a of www.example.org at http://caches.example.org (10.0.0.1) and answered HTTP 307"),
                problem.getMessage());
        assertTrue(
                problem.getMessage().contains("Purged at: http://caches.example.org (fd00::1)"), problem.getMessage());
    }

    private OkHttpTransport transport(Dns dns) {
        return new OkHttpTransport(
                HttpLimits.applyTo(new OkHttpClient.Builder()).dns(dns).build(), "test", InstantSource.system());
    }

    private List<InetAddress> lookUp(String host) throws UnknownHostException {
        lookedUp.add(host);
        return switch (host) {
            case NAME -> List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("127.0.0.2"));
            case "second.example.org" -> List.of(InetAddress.getByName("127.0.0.2"));
            case "127.0.0.1", "127.0.0.2" -> List.of(InetAddress.getByName(host));
            default -> throw new UnknownHostException(host);
        };
    }

    private PurgeResult run(String url, InstanceAddressOption addresses) throws Exception {
        try (StandaloneEngine engine = new StandaloneEngine(transport(this::lookUp))) {
            return engine.run(purge(url, addresses, "/a"), Duration.ofSeconds(20), Signer.NONE, line -> {});
        }
    }

    /** Two servers at the same port of two addresses of this machine. */
    @Test
    void connectionsGoToTheAddressesAndRequestsHaveTheHost() throws Exception {
        FaultInjectingService first = new FaultInjectingService(new CacheSimulator(CacheSimulator.Kind.VARNISH, false));
        FaultInjectingService second =
                new FaultInjectingService(new CacheSimulator(CacheSimulator.Kind.VARNISH, false));
        SimServer one = SimServer.start(first);
        running.add(one);
        int port = one.url().getPort();
        running.add(SimServer.start(second, "127.0.0.2", port));
        String url = "http://%s:%d".formatted(NAME, port);

        PurgeResult all = run(url, InstanceAddressOption.ALL);
        assertEquals(
                List.of(1, 1),
                List.of(first.requests("PURGE").size(), second.requests("PURGE").size()));
        assertEquals(
                "www.example.org",
                second.requests("PURGE").get(0).header("Host").orElseThrow());
        assertEquals(url + " (127.0.0.1), " + url + " (127.0.0.2)", all.target());

        run(url, new InstanceAddressOption(false, List.of("second.example.org")));
        assertEquals(
                List.of(1, 2),
                List.of(first.requests("PURGE").size(), second.requests("PURGE").size()));

        lookedUp.clear();
        run(url, InstanceAddressOption.ANY);
        assertEquals(2, first.requests("PURGE").size());
        assertEquals(List.of(NAME), lookedUp);
    }

    @Test
    void addressesThatCannotBeMeant() {
        List<ApiUrl> named = List.of(ApiUrl.of("http://caches.example.org:6081"));
        assertEquals(InstanceAddressOption.ANY, CacheInput.addresses(List.of(), named, url -> true));
        assertEquals(InstanceAddressOption.ALL, CacheInput.addresses(List.of("all"), named, url -> true));
        assertEquals(
                List.of("10.0.0.1", "fd00::1"),
                CacheInput.addresses(List.of("10.0.0.1", " fd00::1", "10.0.0.1"), named, url -> true)
                        .listed());
        assertRefused(
                named,
                "10.0.0.1",
                "addresses: 'http://10.0.0.1:6081' is not approved; an administrator can approve it"
                        + " under Manage Jenkins » System » Cache Purge");
        assertRefused(named, "a/b", "addresses: 'a/b' must be the name of a host, or an address");
        assertRefused(
                List.of(ApiUrl.of("http://10.0.0.1")),
                "all",
                "addresses: need a URL with a name, and the host of http://10.0.0.1 is an address");
        assertRefused(
                List.of(ApiUrl.of("http://a.example.org"), ApiUrl.of("http://b.example.org")),
                "10.0.0.1",
                "addresses: need a single URL; for several, only 'all' is possible");
    }

    private static void assertRefused(List<ApiUrl> instances, String address, String message) {
        InvalidInputException problem = assertThrows(
                InvalidInputException.class, () -> CacheInput.addresses(List.of(address), instances, url -> false));
        assertEquals(message, problem.getMessage());
    }
}
