package io.jenkins.plugins.cachepurge.client.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.caches.CacheProcess;
import io.jenkins.plugins.cachepurge.client.agent.AgentAnswer.Reason;
import io.jenkins.plugins.cachepurge.client.http.AddressRule;
import io.jenkins.plugins.cachepurge.client.http.AddressScope;
import io.jenkins.plugins.cachepurge.client.http.BodyDigestAlgorithm;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.RawServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP client of agents, over real sockets, with servers that keep the rules and others that do not. */
class AgentHttpClientTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @StartStop
    public final MockWebServer server = new MockWebServer();

    private final AgentHttpClient client = new AgentHttpClient();

    private AgentAnswer.Response answered(AgentRequest request) {
        return assertInstanceOf(AgentAnswer.Response.class, client.exchange(request));
    }

    private AgentAnswer.Failure failed(AgentRequest request) {
        return assertInstanceOf(AgentAnswer.Failure.class, client.exchange(request));
    }

    private static String text(AgentAnswer.Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PURGE", "BAN", "GET", "POST"})
    void anyMethodIsSentWithTheHostOfThePage(String method) throws Exception {
        server.enqueue(new MockResponse.Builder()
                .status("HTTP/1.1 200 Page purged")
                .addHeader("X-Cache", "a")
                .addHeader("X-Cache", "b")
                .body("done")
                .build());
        AgentAnswer.Response response = answered(TestRequests.of(method, server.url("/a%20b")));
        RecordedRequest request = server.takeRequest();
        assertEquals(method + " /a%20b HTTP/1.1", request.getRequestLine());
        assertEquals("www.example.org", request.getHeaders().get("Host"));
        assertEquals(
                method.equals("POST") ? "4" : method.equals("GET") ? null : "0",
                request.getHeaders().get("Content-Length"));
        assertEquals(200, response.status());
        assertEquals("Page purged", response.reason());
        assertEquals("done", text(response));
        assertTrue(response.headers().containsAll(List.of("X-Cache", "a", "b")));
    }

    /** The name has no address, so that only the place of the rule can be asked. */
    @Test
    void anotherPlaceStandsForTheHost() {
        server.enqueue(new MockResponse.Builder().body("done").build());
        HttpUrl url = server.url("/a").newBuilder().host("caches.invalid").build();
        AgentRequest request = TestRequests.of("PURGE", url);
        AgentRequest.Server place = TestRequests.server(url, AddressRule.only(server.getHostName()), List.of());
        assertEquals("done", text(answered(TestRequests.at(request, place))));
        assertEquals(AgentAnswer.Reason.NOT_CONNECTED, failed(request).reason());
    }

    @Test
    void addressesAreThoseOfTheAgentsResolver() {
        HttpUrl url = HttpUrl.get("http://127.0.0.2/");
        assertEquals("127.0.0.2", text(answered(TestRequests.of("LOOKUP", url))));
        HttpUrl unknown = HttpUrl.get("http://caches.invalid/");
        assertEquals(
                AgentAnswer.Reason.NOT_CONNECTED,
                failed(TestRequests.of("LOOKUP", unknown)).reason());
    }

    @Test
    void oneConnectionServesOneExchangeAfterTheOther() throws Exception {
        for (int i = 0; i < 3; i++) {
            server.enqueue(new MockResponse.Builder().chunkedBody("a b", 1).build());
            assertEquals("a b", text(answered(TestRequests.of("PURGE", server.url("/")))));
            assertEquals(i, server.takeRequest().getExchangeIndex());
        }
    }

    @Test
    void aConnectionIsNotUsedAgainAfterABodyThatWasNotReadOrAClose() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .addHeader("Connection", "close")
                .body("a")
                .build());
        server.enqueue(new MockResponse.Builder().body("x".repeat(2 << 20)).build());
        server.enqueue(new MockResponse.Builder().build());
        AgentRequest request = TestRequests.of("GET", server.url("/"));
        answered(request);
        assertTrue(answered(request).truncated());
        answered(request);
        for (int i = 0; i < 3; i++) {
            assertEquals(0, server.takeRequest().getExchangeIndex());
        }
    }

    static Stream<Named<String>> complete() {
        return Stream.of(
                Named.of("length", OK + "Content-Length: 5\r\n\r\nhello"),
                Named.of("equal lengths", OK + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"),
                Named.of("until the end", OK + "\r\nhello"),
                Named.of("line feeds only", "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"),
                Named.of("no reason", "HTTP/1.0 200\r\n\r\nhello"),
                Named.of(
                        "chunks",
                        OK + "Transfer-Encoding: Chunked\r\n\r\n2;a=b\r\nhe\r\n03 \r\nllo\r\n0\r\nX: y\r\n\r\n"),
                Named.of("interim", "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" + OK + "\r\nhello"),
                Named.of("more than it says", OK + "Content-Length: 5\r\n\r\nhello, there"));
    }

    @ParameterizedTest
    @MethodSource("complete")
    void aCompleteResponseIsRead(String raw) throws IOException {
        try (RawServer raws = new RawServer(RawServer.text(raw))) {
            AgentAnswer.Response response = answered(TestRequests.of("PURGE", raws.url()));
            assertEquals("hello", text(response));
            assertFalse(response.truncated());
        }
    }

    @Test
    void someResponsesHaveNoBodyWhateverTheySay() throws IOException {
        try (RawServer raws = new RawServer(RawServer.text("HTTP/1.1 204 No Content\r\nContent-Length: 7\r\n\r\n"))) {
            assertEquals("", text(answered(TestRequests.of("PURGE", raws.url()))));
        }
    }

    static Stream<Named<String>> broken() {
        return Stream.of(
                Named.of("nothing", ""),
                Named.of("no HTTP", "SSH-2.0-OpenSSH\r\n\r\n"),
                Named.of("HTTP/2", "HTTP/2 200 OK\r\n\r\n"),
                Named.of("status 99", "HTTP/1.1 099 OK\r\n\r\n"),
                Named.of("status 1000", "HTTP/1.1 1000 OK\r\n\r\n"),
                Named.of("head cut", OK + "Content-Le"),
                Named.of("body cut", OK + "Content-Length: 5\r\n\r\nhell"),
                Named.of("chunk cut", OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel"),
                Named.of("last chunk missing", OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
                Named.of("trailer cut", OK + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n"),
                Named.of("chunk without a size", OK + "Transfer-Encoding: chunked\r\n\r\n\r\nhello\r\n0\r\n\r\n"),
                Named.of("negative chunk", OK + "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n"),
                Named.of("endless chunk", OK + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nhello"),
                Named.of("chunk too long", OK + "Transfer-Encoding: chunked\r\n\r\n4\r\nhello\r\n0\r\n\r\n"),
                Named.of("two codings", OK + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                Named.of("both lengths", OK + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
                Named.of("different lengths", OK + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nhello"),
                Named.of("no number", OK + "Content-Length: +5\r\n\r\nhello"),
                Named.of("huge length", OK + "Content-Length: 99999999999999999999\r\n\r\nhello"),
                Named.of("header without a colon", OK + "hello\r\n\r\n"),
                Named.of("header with a space", OK + "Content-Length : 5\r\n\r\nhello"),
                Named.of("folded header", OK + "X: a\r\n b\r\n\r\n"),
                Named.of("carriage return in a header", OK + "X: a\rb\r\n\r\n"),
                Named.of("NUL in a header", OK + "X: a\0b\r\n\r\n"),
                Named.of("endless interim responses", "HTTP/1.1 102 Processing\r\n\r\n".repeat(100)),
                Named.of("other protocol", "HTTP/1.1 101 Switching Protocols\r\n\r\n"),
                Named.of("huge header", OK + "X: " + "a".repeat(1 << 19) + "\r\n\r\n"),
                Named.of("many headers", OK + "X: a\r\n".repeat(1 << 16) + "\r\n"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenResponseIsNone(String raw) throws IOException {
        try (RawServer raws = new RawServer(RawServer.text(raw))) {
            assertEquals(
                    Reason.NO_RESPONSE,
                    failed(TestRequests.of("PURGE", raws.url())).reason());
        }
    }

    @Test
    void aResetIsNoEndOfABody() throws IOException {
        try (RawServer raws = new RawServer(RawServer.reset(OK + "Content-Length: 50\r\n\r\nhello"))) {
            assertEquals(
                    Reason.NO_RESPONSE,
                    failed(TestRequests.of("PURGE", raws.url())).reason());
        }
    }

    @Test
    void noMoreThanTheLimitComesBack() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(HttpLimits.MAX_BODY_BYTES))
                .build());
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(HttpLimits.MAX_BODY_BYTES + 1))
                .build());
        AgentRequest request = TestRequests.of("GET", server.url("/"));
        AgentAnswer.Response whole = answered(request);
        AgentAnswer.Response longer = answered(request);
        assertEquals(HttpLimits.MAX_BODY_BYTES, whole.body().length);
        assertFalse(whole.truncated());
        assertEquals(HttpLimits.MAX_BODY_BYTES, longer.body().length);
        assertTrue(longer.truncated());
    }

    @Test
    void aBodyOfAnyLengthIsDigested() throws Exception {
        String body = "0123456789abcdef".repeat(1 << 18);
        server.enqueue(new MockResponse.Builder().chunkedBody(body, 1 << 16).build());
        AgentAnswer.Response response =
                answered(TestRequests.of("GET", server.url("/"), 60_000, Set.of(BodyDigestAlgorithm.SHA_256)));
        byte[] expected = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
        assertEquals(HexFormat.of().formatHex(expected), response.digests().get(BodyDigestAlgorithm.SHA_256));
        assertEquals(HttpLimits.MAX_BODY_BYTES, response.body().length);
        assertTrue(response.truncated());
    }

    @Test
    void aServerThatDripsDoesNotOutliveTheTimeout() throws IOException {
        try (RawServer raws = new RawServer((socket, out) -> {
            RawServer.text(OK).answer(socket, out);
            while (true) {
                out.write("X: a\r\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                pause();
            }
        })) {
            AgentAnswer.Failure failure = failed(TestRequests.of("GET", raws.url(), 300, Set.of()));
            assertEquals(Reason.NO_RESPONSE, failure.reason());
            assertEquals("the request timed out", failure.detail());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void nothingListensThere() {
        HttpUrl url = HttpUrl.get("http://127.0.0.1:" + CacheProcess.portOfNobody());
        AgentAnswer.Failure failure = failed(TestRequests.of("PURGE", url));
        assertEquals(Reason.NOT_CONNECTED, failure.reason());
        assertEquals("connection refused or no route", failure.detail());
    }

    @Test
    void anUnknownNameIsNotConnectedTo() {
        AgentAnswer.Failure failure = failed(TestRequests.of("PURGE", HttpUrl.get("http://no-such-host.invalid/")));
        assertEquals(Reason.NOT_CONNECTED, failure.reason());
        assertEquals("unknown host name", failure.detail());
    }

    /** What the agent resolves counts, names and addresses alike. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void aForbiddenAddressIsNotConnectedTo(String host) {
        AgentRequest request = TestRequests.of("GET", server.url("/"));
        AgentRequest.Server where = new AgentRequest.Server(
                false, host, server.getPort(), new AddressRule(AddressScope.PRIVATE, 0), List.of());
        AgentAnswer.Failure failure = failed(TestRequests.at(request, where));
        assertEquals(Reason.FORBIDDEN_ADDRESS, failure.reason());
        assertTrue(failure.detail().endsWith(", which is local"), failure.detail());
        assertEquals(0, server.getRequestCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\r\nX: y", "/a\nb", "/a\0"})
    void nothingEndsTheLineThatItIsIn(String target) {
        AgentRequest fine = TestRequests.of("GET", server.url("/"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new AgentRequest(
                        "GET", fine.server(), target, List.of(), new byte[0], fine.limits(), true, Set.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new AgentRequest(
                        "GET", fine.server(), "/", List.of("X", target), new byte[0], fine.limits(), true, Set.of()));
    }
}
