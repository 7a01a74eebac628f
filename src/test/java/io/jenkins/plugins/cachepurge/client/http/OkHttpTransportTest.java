package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import okhttp3.HttpUrl;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OkHttpTransportTest {

    private record Order(String someName, boolean nowOrLater) {}

    @StartStop
    public final MockWebServer server = new MockWebServer();

    private final HttpTestClient wire = new HttpTestClient();

    @AfterEach
    void closeWire() {
        wire.close();
    }

    @Test
    void sendsWhatTheServiceDocuments() throws Exception {
        server.enqueue(ok("{}"));
        ApiRequest request =
                ApiRequest.patch(server.url("/a%20b?c=d"), new Order("é", true)).withHeaders(Map.of("X-Version", "1"));
        wire.send(
                TestCalls.of(request),
                Signer.bearer("t0ken").and(Signer.header("X-Auth-Token", "s3cret")),
                HttpLimits.EXCHANGE_TIMEOUT);
        RecordedRequest sent = server.takeRequest();
        assertEquals("PATCH", sent.getMethod());
        assertEquals("/a%20b?c=d", sent.getTarget());
        assertEquals(
                "{\"some_name\":\"é\",\"now_or_later\":true}", sent.getBody().utf8());
        assertEquals("application/json", sent.getHeaders().get("Content-Type"));
        assertEquals("application/json", sent.getHeaders().get("Accept"));
        assertEquals(HttpTestClient.USER_AGENT, sent.getHeaders().get("User-Agent"));
        assertEquals("1", sent.getHeaders().get("X-Version"));
        assertEquals("Bearer t0ken", sent.getHeaders().get("Authorization"));
        assertEquals("s3cret", sent.getHeaders().get("X-Auth-Token"));
    }

    @Test
    void sendsNoBodyAndNoTypeWhereThereIsNothingToSay() throws Exception {
        server.enqueue(ok("{}"));
        server.enqueue(ok("{}"));
        wire.answered(TestCalls.get(server));
        wire.answered(TestCalls.of(ApiRequest.post(server.url("/"))));
        RecordedRequest get = server.takeRequest();
        RecordedRequest post = server.takeRequest();
        assertEquals("GET", get.getMethod());
        assertEquals(0, get.getBodySize());
        assertEquals("POST", post.getMethod());
        assertEquals("0", post.getHeaders().get("Content-Length"));
        assertNull(post.getHeaders().get("Content-Type"));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void followsNoRedirect(int status) throws Exception {
        try (MockWebServer elsewhere = new MockWebServer()) {
            elsewhere.start();
            for (String target : new String[] {elsewhere.url("/").toString(), "/else"}) {
                server.enqueue(new MockResponse.Builder()
                        .code(status)
                        .addHeader("Location", target)
                        .build());
                ApiException problem = wire.failed(TestCalls.get(server));
                assertEquals(Kind.REFUSED, problem.kind());
                assertEquals(status, problem.status().orElseThrow());
                assertTrue(problem.getMessage().contains("Redirects are not followed"), problem.getMessage());
            }
            assertEquals(0, elsewhere.getRequestCount());
            assertEquals(2, server.getRequestCount());
        }
    }

    @Test
    void readsABodyAsLongAsTheLimit() {
        String text = "x".repeat(HttpLimits.MAX_BODY_BYTES - 2);
        server.enqueue(ok('"' + text + '"'));
        JsonNode json = wire.answered(TestCalls.get(server));
        assertEquals(text.length(), json.textValue().length());
    }

    @Test
    void readsNothingFromABodyBeyondTheLimit() {
        server.enqueue(ok('"' + "x".repeat(HttpLimits.MAX_BODY_BYTES - 1) + '"'));
        assertTooLong(wire.failed(TestCalls.get(server)));
    }

    @Test
    void countsTheLimitAfterDecompression() throws Exception {
        Buffer packed = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(packed))) {
            sink.writeUtf8('"' + "x".repeat(10 * HttpLimits.MAX_BODY_BYTES) + '"');
        }
        assertTrue(packed.size() < HttpLimits.MAX_BODY_BYTES, "small on the wire");
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Encoding", "gzip")
                .body(packed)
                .build());
        assertTooLong(wire.failed(TestCalls.get(server)));
    }

    private static void assertTooLong(ApiException problem) {
        assertEquals(Kind.UNREADABLE, problem.kind());
        assertTrue(problem.getMessage().contains("longer than 1048576 bytes"), problem.getMessage());
    }

    @Test
    void aRefusalMayBeLongerThanTheLimit() {
        server.enqueue(new MockResponse.Builder()
                .code(400)
                .body("x".repeat(2 * HttpLimits.MAX_BODY_BYTES))
                .build());
        ApiException problem = wire.failed(TestCalls.get(server));
        assertEquals(Kind.REFUSED, problem.kind());
        assertTrue(problem.getMessage().length() < 1000);
    }

    /** OkHttp would by itself repeat a 408, and a 503 that allows it at once: also a GET that purges. */
    @ParameterizedTest
    @CsvSource({"408, GET", "408, POST", "421, GET", "421, POST", "503, GET", "503, POST"})
    void repeatsNothing(int status, String method) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Retry-After", "0")
                .build());
        server.enqueue(ok("{}"));
        ApiException problem = wire.failed(TestCalls.of(request(method, server.url("/"))));
        assertEquals(status, problem.status().orElseThrow());
        if (status == 503) {
            assertEquals(Duration.ZERO, problem.retryAfter().orElseThrow());
        }
        assertEquals(1, server.getRequestCount());
    }

    /** OkHttp reads the number as an int. */
    @Test
    void retryAfterBeyondAnIntIsRead() {
        server.enqueue(new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", "99999999999")
                .build());
        ApiException problem = wire.failed(TestCalls.get(server));
        assertEquals(Kind.UNAVAILABLE, problem.kind());
        assertEquals(Duration.ofDays(7), problem.retryAfter().orElseThrow());
    }

    /** OkHttp takes it for a fault in the protocol. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void readsA407WithoutAProxy(String method) {
        server.enqueue(new MockResponse.Builder()
                .code(407)
                .addHeader("Proxy-Authenticate", "Basic realm=\"x\"")
                .build());
        ApiException problem = wire.failed(TestCalls.of(request(method, server.url("/"))));
        assertEquals(Kind.REFUSED, problem.kind());
        assertEquals(407, problem.status().orElseThrow());
    }

    private static ApiRequest request(String method, HttpUrl url) {
        return method.equals("GET") ? ApiRequest.get(url) : ApiRequest.post(url);
    }

    /** Hosts with one address and one certificate would share an HTTP/2 connection, and a 421 would end in a repeat. */
    @Test
    void sendsEachHostsRequestsOverItsOwnConnections() throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("a.example.org")
                .addSubjectAlternativeName("b.example.org")
                .build();
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslSocketFactory());
        HandshakeCertificates trusting = new HandshakeCertificates.Builder()
                .addTrustedCertificate(certificate.certificate())
                .build();
        try (HttpTestClient client = new HttpTestClient(
                builder -> builder.sslSocketFactory(trusting.sslSocketFactory(), trusting.trustManager())
                        .dns(host -> List.of(InetAddress.getLoopbackAddress())))) {
            for (String host : List.of("a.example.org", "b.example.org")) {
                server.enqueue(ok("{}"));
                HttpUrl url = server.url("/").newBuilder().host(host).build();
                client.answered(TestCalls.of(ApiRequest.get(url)));
            }
        }
        RecordedRequest first = server.takeRequest();
        RecordedRequest second = server.takeRequest();
        assertEquals("HTTP/2", first.getVersion());
        assertNotEquals(first.getConnectionIndex(), second.getConnectionIndex());
    }

    @Test
    void answersNoChallengeWithAnotherRequest() {
        server.enqueue(new MockResponse.Builder()
                .code(401)
                .addHeader("WWW-Authenticate", "Basic realm=\"x\"")
                .build());
        assertEquals(401, wire.failed(TestCalls.get(server)).status().orElseThrow());
        assertEquals(1, server.getRequestCount());
    }

    @Test
    void keepsNoCookies() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .addHeader("Set-Cookie", "session=1")
                .body("{}")
                .build());
        server.enqueue(ok("{}"));
        wire.answered(TestCalls.get(server));
        wire.answered(TestCalls.get(server));
        server.takeRequest();
        assertNull(server.takeRequest().getHeaders().get("Cookie"));
    }

    @Test
    void aFailureHoldsNoSecretThatTheServiceRepeats() {
        server.enqueue(new MockResponse.Builder()
                .code(400)
                .body("{\"message\":\"bad token s3cret-token\"}")
                .build());
        ApiException problem =
                wire.failed(TestCalls.get(server), Signer.bearer("s3cret-token"), HttpLimits.EXCHANGE_TIMEOUT);
        assertFalse(problem.toString().contains("s3cret"), problem.toString());
        assertEquals("bad token ****", problem.serviceMessage());
    }

    private static MockResponse ok(String body) {
        return new MockResponse.Builder().body(body).build();
    }
}
