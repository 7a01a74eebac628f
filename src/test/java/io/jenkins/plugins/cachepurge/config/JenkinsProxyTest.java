package io.jenkins.plugins.cachepurge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.ProxyConfiguration;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.caches.ForwardProxy;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** Requests through the proxy that Jenkins is set up with, a real Squid with a login. */
@ExtendWith(SharedJenkins.class)
class JenkinsProxyTest {

    private static ForwardProxy proxy;

    @StartStop
    public final MockWebServer server = new MockWebServer();

    @BeforeAll
    static void start() {
        assumeTrue(ForwardProxy.installed(), "Squid is not installed");
        proxy = ForwardProxy.withLogin();
    }

    @AfterAll
    static void stop() {
        if (proxy != null) {
            proxy.close();
        }
    }

    private static void use(JenkinsRule j, String password, String noProxyHost) throws Exception {
        InetSocketAddress address = (InetSocketAddress) proxy.proxy().address();
        j.jenkins.setProxy(new ProxyConfiguration(
                address.getHostString(), address.getPort(), ForwardProxy.USER, password, noProxyHost));
    }

    private HttpUrl url() {
        return server.url("/path").newBuilder().host("127.0.0.1").build();
    }

    private static Outcome<?> send(ApiRequest request) {
        ApiCall<?> call = new ApiCall<>(
                "Example",
                "do a thing",
                request,
                (json, response) -> json,
                (response, json) -> ServiceError.of(""),
                Idempotency.NOT_IDEMPOTENT);
        return send(call);
    }

    private static <T> Outcome<T> send(ApiCall<T> call) {
        CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();
        OperationRuntime.get().transport().send(call, Signer.NONE, HttpLimits.EXCHANGE_TIMEOUT, outcome::complete);
        return outcome.orTimeout(50, TimeUnit.SECONDS).join();
    }

    private static ApiException failed(ApiRequest request) {
        return assertInstanceOf(Outcome.Failure.class, send(request)).problem();
    }

    private void enqueue() {
        server.enqueue(new MockResponse.Builder().body("{}").build());
    }

    @Test
    void logsInToTheProxy(JenkinsRule j) throws Exception {
        use(j, ForwardProxy.PASSWORD, "");
        for (ApiRequest request : List.of(ApiRequest.get(url()), ApiRequest.post(url()))) {
            enqueue();
            assertInstanceOf(Outcome.Success.class, send(request));
        }
        assertEquals(2, server.getRequestCount());
        assertEquals(4, proxy.requestsFor(url().toString(), 4).size());
    }

    @Test
    void reportsThatTheProxyRefusesTheLogin(JenkinsRule j) throws Exception {
        use(j, "wrong", "");
        for (HttpUrl url : List.of(url(), HttpUrl.get("https://api.example.org/"))) {
            assertEquals(
                    ApiException.Kind.PROXY_REFUSED,
                    failed(ApiRequest.post(url)).kind());
        }
        assertEquals(0, server.getRequestCount());
    }

    @Test
    void asksNoProxyHostsAndCachesDirectly(JenkinsRule j) throws Exception {
        use(j, "wrong", "127.0.*\nother.example.org");
        enqueue();
        assertInstanceOf(Outcome.Success.class, send(ApiRequest.post(url())));
        use(j, "wrong", "");
        enqueue();
        assertInstanceOf(Outcome.Success.class, send(ApiRequest.post(url()).asDirect()));
        assertEquals(2, server.getRequestCount());
        assertEquals(List.of(), proxy.requestsFor(url().toString(), 0));
    }
}
