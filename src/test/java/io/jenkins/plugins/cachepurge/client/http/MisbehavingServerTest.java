package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that break off anywhere, never end, send bombs, or do not speak HTTP. */
class MisbehavingServerTest {

    private static final String WHOLE =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"a\": true}";
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n{\"a\": \r\n5\r\ntrue}\r\n0\r\n\r\n";
    private static final Duration SOON = Duration.ofMillis(700);

    /** What sockets may hold without anybody having read it. */
    private static final long BUFFERS = 16L << 20;

    private final HttpTestClient wire = new HttpTestClient();

    @AfterEach
    void closeWire() {
        wire.close();
    }

    static Stream<Arguments> offsets() {
        return Stream.of(WHOLE, CHUNKED)
                .flatMap(answer -> Stream.iterate(0, at -> at < answer.length(), at -> at + 1)
                        .map(at -> Arguments.of(answer, at)));
    }

    /** At each single byte. Nothing but the whole is a success, and nothing is sent a second time. */
    @Test
    void anAnswerThatBreaksOffIsNoAnswer() throws Exception {
        for (Object[] each : offsets().map(Arguments::get).toList()) {
            String answer = (String) each[0];
            int at = (int) each[1];
            for (boolean reset : new boolean[] {false, true}) {
                RawServer.Script script =
                        reset ? RawServer.reset(answer.substring(0, at)) : RawServer.text(answer.substring(0, at));
                try (RawServer server = new RawServer(script)) {
                    ApiException problem = wire.failed(TestCalls.of(ApiRequest.post(server.url())));
                    String where = "%s after %d bytes of %s: %s"
                            .formatted(reset ? "reset" : "closed", at, answer, problem.getMessage());
                    assertEquals(Kind.NO_RESPONSE, problem.kind(), where);
                    assertEquals(1, server.requests(), where);
                }
            }
        }
    }

    @Test
    void theWholeIsASuccess() throws Exception {
        for (String answer : List.of(WHOLE, CHUNKED)) {
            try (RawServer server = new RawServer(RawServer.text(answer))) {
                assertTrue(wire.answered(TestCalls.of(ApiRequest.get(server.url())))
                        .path("a")
                        .asBoolean());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: ",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
            })
    void aTrickleEndsInTime(String start) throws Exception {
        for (boolean trickle : new boolean[] {true, false}) {
            try (RawServer server = trickling(start, trickle)) {
                ApiException problem = wire.failed(TestCalls.of(ApiRequest.post(server.url())), Signer.NONE, SOON);
                assertEquals(Kind.NO_RESPONSE, problem.kind(), problem.getMessage());
                assertTrue(problem.getMessage().contains("the request timed out"), problem.getMessage());
            }
        }
    }

    private static RawServer trickling(String start, boolean trickle) {
        RawServer[] self = new RawServer[1];
        self[0] = new RawServer((socket, out) -> {
            RawServer.text(start).answer(socket, out);
            socket.setSoTimeout(50);
            for (int bytes = 0; trickle && bytes < 8; bytes++) {
                out.write('1');
                out.flush();
                try {
                    // A pause that ends early when the client hangs up.
                    if (socket.getInputStream().read() < 0) {
                        return;
                    }
                } catch (java.net.SocketTimeoutException e) {
                    continue;
                }
            }
            self[0].stall();
        });
        return self[0];
    }

    /** The client hangs up when it has read what it wants to know; the test ends only if it does. */
    @ParameterizedTest
    @MethodSource("endless")
    void whatNeverEndsIsCut(String start, byte[] more, Kind kind) throws Exception {
        try (RawServer server = new RawServer((socket, out) -> {
            RawServer.text(start).answer(socket, out);
            while (true) {
                out.write(more);
            }
        })) {
            ApiException problem = wire.failed(TestCalls.of(ApiRequest.get(server.url())));
            assertEquals(kind, problem.kind(), problem.getMessage());
            // OkHttp throws away what comes in the next 100 ms where it would like to use the connection again.
            server.writtenUntilTheClientHungUp();
        }
    }

    static Stream<Arguments> endless() throws Exception {
        byte[] zeros = new byte[1 << 16];
        Buffer chunk = new Buffer().writeUtf8("10000\r\n").write(zeros).writeUtf8("\r\n");
        byte[] header = "X-More: %s\r\n".formatted("x".repeat(8000)).getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                Arguments.of("HTTP/1.1 200 OK\r\n\r\n", zeros, Kind.UNREADABLE),
                Arguments.of("HTTP/1.1 500 No\r\n\r\n", zeros, Kind.SERVER_ERROR),
                Arguments.of(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                        chunk.readByteArray(),
                        Kind.UNREADABLE),
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n", zeros, Kind.UNREADABLE),
                Arguments.of("HTTP/1.1 200 OK\r\n", header, Kind.NO_RESPONSE),
                Arguments.of("HTTP/1.1 200 ", "x".repeat(9000).getBytes(StandardCharsets.US_ASCII), Kind.NO_RESPONSE));
    }

    /** A few hundred kilobytes on the wire that would become hundreds of megabytes. */
    @Test
    void aBombIsNotUnpacked() throws Exception {
        try (RawServer server = new RawServer((socket, out) -> {
            RawServer.text("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n").answer(socket, out);
            try (OutputStream packed = new GZIPOutputStream(out)) {
                byte[] zeros = new byte[1 << 20];
                while (true) {
                    packed.write(zeros);
                }
            }
        })) {
            ApiException problem = wire.failed(TestCalls.of(ApiRequest.get(server.url())));
            assertEquals(Kind.UNREADABLE, problem.kind(), problem.getMessage());
            assertTrue(problem.getMessage().contains("longer than 1048576 bytes"), problem.getMessage());
            // A thousandth of what it would unpack to.
            assertTrue(server.writtenUntilTheClientHungUp() < BUFFERS, "read on and on");
        }
    }

    @Test
    void aBombInABombIsNotUnpackedTwice() throws Exception {
        Buffer inner = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(inner))) {
            sink.write(new byte[64 << 20]);
        }
        Buffer outer = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(outer))) {
            sink.writeAll(inner);
        }
        byte[] packed = outer.readByteArray();
        try (RawServer server = new RawServer((socket, out) -> {
            RawServer.text("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
                            .formatted(packed.length))
                    .answer(socket, out);
            out.write(packed);
        })) {
            assertEquals(
                    Kind.UNREADABLE,
                    wire.failed(TestCalls.of(ApiRequest.get(server.url()))).kind());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u001f\u008b", "\u001f\u008b\u0008\u0000\u0000\u0000\u0000\u0000", "{}", "garbage"})
    void whatIsNotPackedAsItSaysIsNoAnswer(String body) throws Exception {
        try (RawServer server =
                new RawServer(RawServer.text("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(body.length(), body)))) {
            ApiException problem =
                    wire.failed(TestCalls.of(ApiRequest.post(server.url()), ResponseReader.of(Thing.class)));
            assertTrue(problem.kind().mayHaveTakenEffect(), problem.getMessage());
        }
    }

    private record Thing(String name) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "hello\r\n",
                "220 mail.example.org ESMTP\r\n",
                "SSH-2.0-OpenSSH_9.6\r\n",
                "HTTP/1.1\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/3.7 200 OK\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
                "\u0015\u0003\u0003\u0000\u0002\u0002\u0046",
            })
    void whatIsNoHttpIsNoSuccess(String bytes) throws Exception {
        try (RawServer server = new RawServer(RawServer.text(bytes))) {
            ApiException problem =
                    wire.failed(TestCalls.of(ApiRequest.post(server.url()), ResponseReader.of(Thing.class)));
            assertTrue(problem.kind().mayHaveTakenEffect(), problem.kind() + ": " + problem.getMessage());
            assertEquals(1, server.requests());
        }
    }

    /** What comes before the answer is not the answer, and without one there is no success. */
    @ParameterizedTest
    @ValueSource(ints = {100, 102, 103})
    void aForerunnerIsNoAnswer(int status) throws Exception {
        String forerunner = "HTTP/1.1 %d Wait\r\n\r\n".formatted(status);
        try (RawServer server = new RawServer(RawServer.text(forerunner, WHOLE))) {
            assertTrue(wire.answered(TestCalls.of(ApiRequest.get(server.url()))).isObject());
        }
        try (RawServer server = new RawServer(RawServer.text(forerunner))) {
            assertEquals(
                    Kind.NO_RESPONSE,
                    wire.failed(TestCalls.of(ApiRequest.post(server.url()))).kind());
        }
    }

    @Test
    void endlessForerunnersAreNoSuccess() throws Exception {
        try (RawServer server = new RawServer((socket, out) -> {
            while (true) {
                RawServer.text("HTTP/1.1 100 Continue\r\n\r\n").answer(socket, out);
            }
        })) {
            wire.failed(TestCalls.of(ApiRequest.post(server.url())), Signer.NONE, SOON);
            assertEquals(1, server.requests());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 199, 204, 205, 206, 226, 299, 300, 304, 305, 306, 399})
    void anUnusualStatusIsNoSuccessByItself(int status) throws Exception {
        String answer = "HTTP/1.1 %d Odd\r\nContent-Length: 0\r\n\r\n".formatted(status);
        try (RawServer server = new RawServer(RawServer.text(answer))) {
            ApiException problem =
                    wire.failed(TestCalls.of(ApiRequest.post(server.url()), ResponseReader.of(Thing.class)));
            assertFalse(problem.kind().isRetryable() && status >= 200, problem.getMessage());
            assertEquals(1, server.requests());
        }
    }

    @Test
    void bytesThatAreNoTextAreReplacedOrRefused() throws Exception {
        String start =
                "HTTP/1.1 %d OK\r\nContent-Type: application/json; charset=utf-16\r\nContent-Length: %d\r\n\r\n%s";
        String body = "{\"message\": \"a\u00ff\u00c0\u00afb\"}";
        try (RawServer server = new RawServer(RawServer.text(start.formatted(200, body.length(), body)))) {
            JsonNode json = wire.answered(TestCalls.of(ApiRequest.get(server.url())));
            assertEquals("a\ufffd\ufffd\ufffdb", json.path("message").asText());
        }
        try (RawServer server = new RawServer(RawServer.text(start.formatted(400, body.length(), body)))) {
            assertEquals(
                    "a\ufffd\ufffd\ufffdb",
                    wire.failed(TestCalls.of(ApiRequest.get(server.url()))).serviceMessage());
        }
    }

    /** A service that says the right thing with the wrong label has said it. */
    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/png", "nonsense", ";;;", "application/json; charset=nonsense"})
    void theLabelDoesNotMatter(String type) throws Exception {
        String answer = "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: 2\r\n\r\n{}".formatted(type);
        try (RawServer server = new RawServer(RawServer.text(answer))) {
            assertTrue(wire.answered(TestCalls.of(ApiRequest.get(server.url()))).isObject());
        }
    }

    /** A reader of another plugin may have a defect: whoever waits must be told all the same. */
    @Test
    void aDefectOfAReaderIsTold() throws Exception {
        for (Throwable defect : List.of(new IllegalStateException("s3cret"), new StackOverflowError())) {
            ApiCall<Void> success = TestCalls.of(ApiRequest.get(TestCalls.URL), (json, answer) -> {
                throw sneaky(defect);
            });
            ApiException problem = TestResponses.refused(success, TestResponses.answer(200, "{}"));
            assertEquals(Kind.UNREADABLE, problem.kind());
            assertTrue(problem.getMessage().contains(defect.getClass().getSimpleName()), problem.getMessage());
            assertFalse(problem.getMessage().contains("s3cret"), problem.getMessage());
            ApiCall<JsonNode> refusal = new ApiCall<>(
                    "Example",
                    "do a thing",
                    ApiRequest.get(TestCalls.URL),
                    (json, answer) -> json,
                    (answer, json) -> {
                        throw sneaky(defect);
                    },
                    Idempotency.IDEMPOTENT);
            assertEquals(
                    503,
                    TestResponses.refused(refusal, TestResponses.answer(503, "{}"))
                            .status()
                            .orElseThrow());
        }
    }

    private static RuntimeException sneaky(Throwable defect) {
        if (defect instanceof Error error) {
            throw error;
        }
        return (RuntimeException) defect;
    }
}
