package io.jenkins.plugins.cachepurge.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimServerTest {

    /** Repeats what it was asked. */
    private static final class Echo implements SimService {

        @Override
        public String name() {
            return "echo";
        }

        @Override
        public SimResponse handle(SimRequest request) {
            String text = request + " " + request.query("q").orElse("-") + " "
                    + request.header("x-MIXED").orElse("-") + " " + request.bodyText();
            return SimResponse.text(200, "text/plain; charset=utf-8", text);
        }
    }

    private final FaultInjectingService service = new FaultInjectingService(new Echo());

    @Test
    void passesOnWhatWasAsked() throws Exception {
        try (SimServer server = SimServer.start(service)) {
            SimClient client = new SimClient(server.url(), "X-Mixed", "value");
            SimClient.Reply reply = client.send("PATCH", "/a%20b/%C3%A9?q=1%2B1+%C3%BC&q=2&empty", "{\"ö\":1}");
            assertEquals("PATCH /a%20b/%C3%A9 1+1 ü value {\"ö\":1}", reply.text());
            SimRequest request = service.requests().get(0);
            assertEquals(List.of("1+1 ü", "2"), request.query().get("q"));
            assertEquals(List.of(""), request.query().get("empty"));
            assertEquals("application/json", request.header("CONTENT-TYPE").orElseThrow());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT_BEFORE_HEADERS", "CUT_IN_BODY"})
    void cutsTheConnection(Delivery delivery) throws Exception {
        try (SimServer server = SimServer.start(service)) {
            SimClient client = new SimClient(server.url());
            service.failEvery(request -> true, (request, echo) -> echo.get().withDelivery(delivery));
            assertThrows(IOException.class, () -> client.send("POST", "/", "{}"));
            service.clearFaults();
            assertEquals(200, client.get("/").status());
        }
    }

    @Test
    void cutsInTheBodyOnlyAfterHeaders() throws Exception {
        try (SimServer server = SimServer.start(service.failNext(UsualFaults.actThenCut()))) {
            assertEquals(200, headersOf(server.url()).statusCode());
        }
    }

    @Test
    void stallsUntilTheServerIsClosed() throws Exception {
        SimServer server = SimServer.start(service.failNext(UsualFaults.stall()));
        CompletableFuture<byte[]> body;
        try (server) {
            HttpResponse<InputStream> response = headersOf(server.url());
            assertEquals(200, response.statusCode());
            body = CompletableFuture.supplyAsync(() -> {
                try {
                    return response.body().readAllBytes();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        assertThrows(ExecutionException.class, body::get);
    }

    @Test
    void answersWithoutABody() throws Exception {
        service.failNext((request, echo) -> SimResponse.empty(204));
        try (SimServer server = SimServer.start(service)) {
            SimClient.Reply reply = new SimClient(server.url()).get("/");
            assertEquals(204, reply.status());
            assertEquals("", reply.text());
        }
    }

    @Test
    void showsItsOwnDefects() throws Exception {
        service.failNext((request, echo) -> {
            throw new IllegalStateException("broken");
        });
        try (SimServer server = SimServer.start(service)) {
            SimClient.Reply reply = new SimClient(server.url()).get("/");
            assertEquals(500, reply.status());
            assertTrue(reply.text().contains("broken"), reply.text());
        }
    }

    @Test
    void listensOnLoopbackOnly() {
        try (SimServer server = SimServer.start(service)) {
            assertEquals("127.0.0.1", server.url().getHost());
        }
    }

    private static HttpResponse<InputStream> headersOf(URI url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url).GET().build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
    }
}
