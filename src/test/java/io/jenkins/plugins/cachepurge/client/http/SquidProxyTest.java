package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cachepurge.caches.CacheProcess;
import io.jenkins.plugins.cachepurge.caches.ForwardProxy;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Squid between Jenkins and the service. */
class SquidProxyTest {

    private static ForwardProxy withLogin;
    private static ForwardProxy open;

    @StartStop
    public final MockWebServer server = new MockWebServer();

    private final HeldCertificate certificate =
            new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
    private final List<HttpTestClient> clients = new ArrayList<>();
    private final AtomicInteger logins = new AtomicInteger();

    @BeforeAll
    static void start() {
        assumeTrue(ForwardProxy.installed(), "Squid is not installed");
        withLogin = ForwardProxy.withLogin();
        open = ForwardProxy.open();
    }

    @AfterAll
    static void stop() {
        Stream.of(withLogin, open).filter(Objects::nonNull).forEach(ForwardProxy::close);
    }

    @AfterEach
    void closeClients() {
        clients.forEach(HttpTestClient::close);
    }

    /** As the plugin okhttp-api sets it up. */
    private HttpTestClient client(ForwardProxy proxy, String password) {
        HandshakeCertificates trusting = new HandshakeCertificates.Builder()
                .addTrustedCertificate(certificate.certificate())
                .build();
        Authenticator basic = (route, response) -> {
            if (response.request().header("Proxy-Authorization") != null) {
                return null;
            }
            logins.incrementAndGet();
            return response.request()
                    .newBuilder()
                    .header("Proxy-Authorization", Credentials.basic(ForwardProxy.USER, password))
                    .build();
        };
        HttpTestClient client = new HttpTestClient(builder -> builder.proxySelector(through(proxy))
                .proxyAuthenticator(basic)
                .sslSocketFactory(trusting.sslSocketFactory(), trusting.trustManager()));
        clients.add(client);
        return client;
    }

    /** Jenkins' own answers for a host that is not to be asked through the proxy. */
    private static ProxySelector through(ForwardProxy proxy) {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(uri.getHost().equals("localhost") ? Proxy.NO_PROXY : proxy.proxy());
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException problem) {}
        };
    }

    private HttpUrl url(String host) {
        return server.url("/path").newBuilder().host(host).build();
    }

    private void overTls() {
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslSocketFactory());
    }

    private static ApiCall<?> call(String method, HttpUrl url) {
        Optional<ApiBody> body = method.equals("POST") ? Optional.of(ApiBody.json("{\"a\":1}")) : Optional.empty();
        return new ApiCall<>(
                "Example",
                "do a thing",
                new ApiRequest(method, url, Map.of(), body),
                (json, answer) -> json,
                (answer, json) -> ServiceError.of(""),
                Idempotency.NOT_IDEMPOTENT);
    }

    /** The service gets each request once, also one that must not be repeated: the proxy passed the first one on to nobody. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PATCH", "DELETE"})
    void logsInForPlainHttp(String method) throws Exception {
        server.enqueue(ok());
        HttpUrl url = url("127.0.0.1");
        client(withLogin, ForwardProxy.PASSWORD).answered(call(method, url));
        RecordedRequest sent = server.takeRequest();
        assertEquals(method, sent.getMethod());
        assertEquals(method.equals("POST") ? "{\"a\":1}" : "", body(sent));
        assertNull(sent.getHeaders().get("Proxy-Authorization"));
        assertEquals(1, server.getRequestCount());
        assertEquals(
                List.of("407 %s %s".formatted(method, url), "200 %s %s".formatted(method, url)),
                withLogin.requestsFor(url.toString(), 2));
    }

    /** After the login nothing is repeated either. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void repeatsNothingAfterTheLogin(String method) {
        server.enqueue(new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", "0")
                .build());
        server.enqueue(ok());
        ApiException problem = client(withLogin, ForwardProxy.PASSWORD).failed(call(method, url("127.0.0.1")));
        assertEquals(503, problem.status().orElseThrow());
        assertEquals(1, server.getRequestCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PURGE"})
    void logsInForTunnels(String method) throws Exception {
        overTls();
        server.enqueue(ok());
        client(withLogin, ForwardProxy.PASSWORD).answered(call(method, url("127.0.0.1")));
        RecordedRequest sent = server.takeRequest();
        assertEquals(method, sent.getMethod());
        assertNull(sent.getHeaders().get("Proxy-Authorization"));
        assertEquals(1, server.getRequestCount());
        assertEquals(1, logins.get());
    }

    /** A wrong password that is sent again and again locks accounts. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void sendsAWrongPasswordOnce(String method) throws Exception {
        HttpUrl url = url("127.0.0.1");
        ApiException problem = client(withLogin, "wrong").failed(call(method, url));
        assertEquals(Kind.PROXY_REFUSED, problem.kind());
        assertEquals(0, server.getRequestCount());
        assertEquals(
                List.of("407 %s %s".formatted(method, url), "407 %s %s".formatted(method, url)),
                withLogin.requestsFor(url.toString(), 2));
    }

    @Test
    void sendsAWrongPasswordForATunnelOnce() throws Exception {
        ApiException problem =
                client(withLogin, "wrong").failed(call("POST", HttpUrl.get("https://api.example.org/v1")));
        assertEquals(Kind.PROXY_REFUSED, problem.kind());
        assertTrue(
                problem.getMessage()
                        .contains("Jenkins' proxy %s refused POST https://api.example.org/v1: HTTP 407."
                                .formatted(withLogin.authority())),
                problem.getMessage());
        assertEquals(1, logins.get());
        assertEquals(
                List.of("407 CONNECT api.example.org:443", "407 CONNECT api.example.org:443"),
                withLogin.requestsFor("api.example.org", 2));
    }

    @Test
    void saysThatTheProxyCannotReachTheHost() {
        HttpUrl nobody = HttpUrl.get("https://127.0.0.1:%d/".formatted(CacheProcess.portOfNobody()));
        ApiException problem = client(open, "").failed(call("POST", nobody));
        assertEquals(Kind.PROXY_UNAVAILABLE, problem.kind());
        assertTrue(problem.getMessage().contains("HTTP 503. Check that the proxy can reach"), problem.getMessage());
    }

    @Test
    void saysThatTheProxyForbidsTheHost() {
        ApiException problem = client(open, "").failed(call("POST", HttpUrl.get("https://forbidden.example.org/")));
        assertEquals(Kind.PROXY_REFUSED, problem.kind());
        assertTrue(problem.getMessage().contains("HTTP 403. Let the proxy pass"), problem.getMessage());
    }

    /** It would be the proxy's password that the service gets. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void sendsNoLoginToAServiceBehindATunnel(String method) throws Exception {
        overTls();
        server.enqueue(new MockResponse.Builder()
                .code(407)
                .addHeader("Proxy-Authenticate", "Basic realm=\"x\"")
                .build());
        server.enqueue(ok());
        ApiException problem = client(open, ForwardProxy.PASSWORD).failed(call(method, url("127.0.0.1")));
        assertEquals(407, problem.status().orElseThrow());
        assertEquals(1, server.getRequestCount());
        assertEquals(0, logins.get());
    }

    @Test
    void asksHostsWithoutProxyDirectly() throws Exception {
        server.enqueue(ok());
        client(open, "").answered(call("POST", url("localhost")));
        assertEquals(1, server.getRequestCount());
        assertEquals(List.of(), open.requestsFor("localhost", 0));
    }

    private static String body(RecordedRequest sent) {
        return sent.getBody() == null ? "" : sent.getBody().utf8();
    }

    private static MockResponse ok() {
        return new MockResponse.Builder().body("{}").build();
    }
}
