package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import okhttp3.Authenticator;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies that pass nothing on. */
class ProxyRefusalsTest {

    private static final String SETTINGS = "Manage Jenkins » System » HTTP Proxy Configuration.";

    private final AtomicInteger logins = new AtomicInteger();
    private final Authenticator basic = (route, response) -> {
        logins.incrementAndGet();
        return response.request()
                .newBuilder()
                .header("Proxy-Authorization", "Basic eDp5")
                .build();
    };

    private ApiException failed(RawServer proxy, String url) {
        InetSocketAddress address =
                InetSocketAddress.createUnresolved("127.0.0.1", proxy.url().port());
        try (HttpTestClient client = new HttpTestClient(
                builder -> builder.proxy(new Proxy(Proxy.Type.HTTP, address)).proxyAuthenticator(basic))) {
            return client.failed(TestCalls.of(ApiRequest.post(HttpUrl.get(url))));
        }
    }

    private static RawServer answering(int status, String... headers) {
        return new RawServer(RawServer.text("HTTP/1.1 %d No\r\n%sContent-Length: 0\r\nConnection: close\r\n\r\n"
                .formatted(status, Stream.of(headers).map(h -> h + "\r\n").reduce("", String::concat))));
    }

    private static void assertNothingDone(ApiException problem, Kind kind) {
        assertEquals(kind, problem.kind(), problem.getMessage());
        assertFalse(problem.kind().mayHaveTakenEffect());
        assertTrue(problem.status().isEmpty(), "it is not the service's");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.example.org/v1", "http://api.example.org/v1"})
    void saysThatTheProxyRefusesTheLogin(String url) throws Exception {
        try (RawServer proxy = answering(407, "Proxy-Authenticate: Basic realm=\"x\"")) {
            ApiException problem = failed(proxy, url);
            assertNothingDone(problem, Kind.PROXY_REFUSED);
            assertFalse(problem.kind().isRetryable());
            assertEquals(
                    "Example was asked to do a thing but Jenkins' proxy 127.0.0.1:%d refused POST %s: HTTP 407. Check the proxy's user name and password in %s"
                            .formatted(proxy.url().port(), url, SETTINGS),
                    problem.getMessage());
            assertEquals(1, logins.get());
            assertEquals(2, proxy.requests());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.example.org/v1", "http://api.example.org/v1"})
    void saysThatTheProxyWantsAnotherScheme(String url) throws Exception {
        try (RawServer proxy = answering(407, "Proxy-Authenticate: Negotiate", "Proxy-Authenticate: NTLM")) {
            ApiException problem = failed(proxy, url);
            assertNothingDone(problem, Kind.PROXY_REFUSED);
            assertTrue(
                    problem.getMessage()
                            .endsWith("HTTP 407. The proxy asks for Negotiate, NTLM, and only Basic is supported."),
                    problem.getMessage());
            assertEquals(0, logins.get());
            assertEquals(1, proxy.requests());
        }
    }

    @Test
    void saysThatTheProxyForbidsTheHost() throws Exception {
        try (RawServer proxy = answering(403)) {
            ApiException problem = failed(proxy, "https://api.example.org/v1");
            assertNothingDone(problem, Kind.PROXY_REFUSED);
            assertTrue(
                    problem.getMessage()
                            .endsWith(
                                    "refused POST https://api.example.org/v1: HTTP 403. Let the proxy pass requests to this host, or add the host to No Proxy Host in "
                                            + SETTINGS),
                    problem.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 400, 429, 500, 502, 503, 504})
    void isRetriedAFewTimesIfTheProxyCannotReachTheHost(int status) throws Exception {
        try (RawServer proxy = answering(status)) {
            ApiException problem = failed(proxy, "https://api.example.org/v1");
            assertNothingDone(problem, Kind.PROXY_UNAVAILABLE);
            assertTrue(problem.kind().isRetryable());
            assertEquals(3, problem.kind().maxAttempts());
            assertTrue(
                    problem.getMessage()
                            .contains("HTTP %d. Check that the proxy can reach this host, or add the host to"
                                    .formatted(status)),
                    problem.getMessage());
            assertEquals(1, proxy.requests());
        }
    }

    /** Over plain http a proxy's refusal looks like one of the service, but for the login. */
    @Test
    void aPlain407WithoutChallengeIsTheServices() throws Exception {
        try (RawServer proxy = answering(407)) {
            ApiException problem = failed(proxy, "http://api.example.org/v1");
            assertEquals(Kind.REFUSED, problem.kind());
            assertEquals(407, problem.status().orElseThrow());
        }
    }

    @Test
    void namesTheProxyThatCannotBeReached() throws Exception {
        RawServer proxy = answering(200);
        proxy.close();
        for (String url : List.of("https://api.example.org/v1", "http://api.example.org/v1")) {
            ApiException problem = failed(proxy, url);
            assertEquals(Kind.UNREACHABLE, problem.kind());
            assertTrue(
                    problem.getMessage()
                            .contains(
                                    "POST %s could not be reached through Jenkins' proxy 127.0.0.1:%d: connection refused"
                                            .formatted(url, proxy.url().port())),
                    problem.getMessage());
        }
    }

    @Test
    void aTunnelThatBreaksOffReachedNobody() throws Exception {
        for (String text : List.of("", "HTTP/1.1 200", "220 mail.example.org ESMTP\r\n")) {
            try (RawServer proxy = new RawServer(RawServer.text(text))) {
                ApiException problem = failed(proxy, "https://api.example.org/v1");
                assertEquals(Kind.UNREACHABLE, problem.kind(), problem.getMessage());
                assertFalse(problem.kind().mayHaveTakenEffect());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Basic realm=\"x\"|1",
                "basic|1",
                "Basic realm=\"The \"proxy\"\"|1",
                "Negotiate, Basic realm=\"x\"|1",
                "NTLM|0",
                "Basically|0",
                "Digest realm=\"x\", nonce=\"basic\"|0",
                "OkHttp-Preemptive|0",
            })
    void givesTheLoginToProxiesThatAskForIt(String challenge, int expected) throws Exception {
        Response asked = new Response.Builder()
                .request(new Request.Builder().url(TestCalls.URL).build())
                .protocol(Protocol.HTTP_1_1)
                .code(407)
                .message("")
                .header("Proxy-Authenticate", challenge)
                .body(ResponseBody.create("", MediaType.get("text/plain")))
                .build();
        Request login = new ProxyAuthenticator(basic).authenticate(null, asked);
        assertEquals(expected, logins.get());
        if (expected == 1) {
            Response again = asked.newBuilder().request(login).build();
            assertNull(new ProxyAuthenticator(basic).authenticate(null, again), "once");
        }
    }

    @Test
    void readsTheProxysAnswerFromOkHttpsMessageOnly() {
        assertEquals(
                502,
                ProxyRefusedException.in(new IOException("Unexpected response code for CONNECT: 502"))
                        .orElseThrow()
                        .status());
        for (String message : new String[] {null, "", "unexpected end of stream"}) {
            assertTrue(ProxyRefusedException.in(new IOException(message)).isEmpty());
        }
    }
}
