package io.jenkins.plugins.cachepurge.caches;

import static io.jenkins.plugins.cachepurge.caches.PageFetcher.HOST;
import static io.jenkins.plugins.cachepurge.caches.PageFetcher.sees;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.HttpTestClient;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.httpcache.PurgeOutcome;
import io.jenkins.plugins.cachepurge.client.httpcache.PurgeScope;
import io.jenkins.plugins.cachepurge.client.httpcache.VarnishClient;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real Varnish, and a real Squid that Jenkins is set up to use as its proxy. */
class CachesBesideProxyTest {

    private static final PurgeScope PAGE = new PurgeScope(HOST, "/a", PurgeScope.Match.EXACT);

    private final List<AutoCloseable> running = new ArrayList<>();
    private OriginServer origin;
    private ForwardProxy proxy;
    private HttpTestClient client;

    @BeforeEach
    void start() {
        assumeTrue(ForwardProxy.installed(), "Squid is not installed");
        origin = running(new OriginServer());
        proxy = running(ForwardProxy.open());
        client = running(new HttpTestClient(builder -> builder.proxySelector(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(proxy.proxy());
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException problem) {}
        })));
    }

    private <T extends AutoCloseable> T running(T one) {
        running.add(one);
        return one;
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : running) {
            one.close();
        }
    }

    /** The proxy would name the cache's own host, whose pages would be purged, or answer a PURGE itself. */
    @Test
    void purgesThePagesOfTheHostThatIsNamed() throws Exception {
        assumeTrue(CacheSoftware.VARNISH.installed(), "Varnish is not installed");
        String cache =
                running(CacheProcess.start(CacheSoftware.VARNISH, origin)).url();
        String ownHost = URI.create(cache).getAuthority();
        sees(cache, "/a");
        sees(cache, ownHost, "/a");
        origin.change();

        assertEquals(PurgeOutcome.PURGED, purge(cache, PAGE));
        assertEquals("edition 2 of /a", sees(cache, "/a"));
        assertEquals("edition 1 of /a", sees(cache, ownHost, "/a"));

        origin.change();
        assertEquals(
                PurgeOutcome.PURGED_OR_NOT_CACHED, purge(cache, new PurgeScope(HOST, "/", PurgeScope.Match.PREFIX)));
        assertEquals("edition 3 of /a", sees(cache, "/a"));
        assertEquals("edition 1 of /a", sees(cache, ownHost, "/a"));
        assertEquals(List.of(), proxy.requestsFor("http:", 0));
    }

    private PurgeOutcome purge(String cache, PurgeScope scope) {
        return client.answered(new VarnishClient(false).purge(ApiUrl.of(cache), scope), Signer.NONE);
    }

    /** A proxy cannot look into a tunnel, nor change what goes through it. */
    @Test
    void asksCachesOverHttpsThroughTheProxy() throws Exception {
        ApiUrl nobody = ApiUrl.of("https://127.0.0.1:" + CacheProcess.portOfNobody());
        client.failed(new VarnishClient(false).purge(nobody, PAGE), Signer.NONE);
        String authority = nobody.toString().replace("https://", "");
        assertEquals(List.of("503 CONNECT " + authority), proxy.requestsFor(authority, 1));
    }

    @Test
    void saysThatTheProxyIsNotUsed() {
        ApiUrl nobody = ApiUrl.of("http://127.0.0.1:" + CacheProcess.portOfNobody());
        ApiException problem = client.failed(new VarnishClient(false).purge(nobody, PAGE), Signer.NONE);
        assertEquals(ApiException.Kind.UNREACHABLE, problem.kind());
        assertThat(
                problem.getMessage(),
                endsWith(
                        "PURGE %s/a could not be reached directly: connection refused or no route. Over plain http caches are not asked through Jenkins' proxy, which would replace the Host header: allow a direct connection, or use https."
                                .formatted(nobody)));
    }
}
