package io.jenkins.plugins.cachepurge.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UsualFaultsTest {

    /** Counts what reached it. */
    private static final class Counter implements SimService {

        private final List<SimRequest> acted = new ArrayList<>();

        @Override
        public String name() {
            return "counter";
        }

        @Override
        public SimResponse handle(SimRequest request) {
            acted.add(request);
            return SimResponse.json(200, Map.of("list", List.of(Map.of("id", 1), 2)));
        }
    }

    private final Counter counter = new Counter();
    private final FaultInjectingService service = new FaultInjectingService(counter);

    static Stream<Fault> keepTheRequestAway() {
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        return Stream.of(
                UsualFaults.tooManyRequestsRetryAfter(1),
                UsualFaults.tooManyRequestsRetryAfterDate(time),
                UsualFaults.tooManyRequestsRateLimitReset(time),
                UsualFaults.tooManyRequestsResetSeconds(1),
                UsualFaults.badGatewayHtml(),
                UsualFaults.unavailable(),
                UsualFaults.unavailable(3),
                UsualFaults.gatewayTimeout(),
                UsualFaults.redirectTo("http://127.0.0.1:1/"),
                UsualFaults.echoing("X-Secret"),
                UsualFaults.cutBeforeActing(),
                UsualFaults.stall());
    }

    static Stream<Fault> letTheServiceAct() {
        return Stream.of(
                UsualFaults.actThenCut(),
                UsualFaults.actThenCutBeforeHeaders(),
                UsualFaults.actThenBadGateway(),
                UsualFaults.actThenStall(),
                UsualFaults.unknownFields(),
                UsualFaults.unavailable(3).afterActing());
    }

    @ParameterizedTest
    @MethodSource("keepTheRequestAway")
    void keepsTheRequestAway(Fault fault) {
        service.failNext(fault).handle(request("GET"));
        assertEquals(0, counter.acted.size());
        assertEquals(1, service.requests().size());
    }

    @ParameterizedTest
    @MethodSource("letTheServiceAct")
    void letsTheServiceActOnce(Fault fault) {
        service.failNext(fault).handle(request("GET"));
        assertEquals(1, counter.acted.size());
    }

    @Test
    void saysInManyWaysWhenToComeBack() {
        Instant time = Instant.parse("2026-01-02T03:04:05Z");
        service.failNext(UsualFaults.tooManyRequestsRetryAfter(7))
                .failNext(UsualFaults.tooManyRequestsRetryAfterDate(time))
                .failNext(UsualFaults.tooManyRequestsRateLimitReset(time))
                .failNext(UsualFaults.tooManyRequestsResetSeconds(9))
                .failNext(UsualFaults.unavailable(11));
        assertEquals("7", next().headers().get("Retry-After"));
        assertEquals("Fri, 2 Jan 2026 03:04:05 GMT", next().headers().get("Retry-After"));
        assertEquals("1767323045", next().headers().get("X-Rate-Limit-Reset"));
        assertEquals(9, next().json().orElseThrow().get("reset_seconds").intValue());
        assertEquals("11", next().headers().get("Retry-After"));
        assertEquals(200, next().status());
    }

    @Test
    void addsUnknownFieldsAtEveryLevel() {
        JsonNode body = service.failNext(UsualFaults.unknownFields())
                .handle(request("GET"))
                .json()
                .orElseThrow();
        assertTrue(body.has("unknown_word"));
        assertTrue(body.get("list").get(0).has("unknown_object"));
        assertEquals(1, body.get("list").get(0).get("id").intValue());
        assertEquals(2, body.get("list").get(1).intValue());
    }

    @Test
    void echoesAHeader() {
        SimResponse answer =
                service.failNext(UsualFaults.echoing("X-Secret", 400)).handle(request("GET"));
        assertEquals(400, answer.status());
        assertTrue(answer.bodyText().contains("s3cret"), answer.bodyText());
        assertFalse(request("GET").toString().contains("s3cret"));
    }

    @Test
    void choosesByRequestAndHeals() {
        service.failEvery(request -> request.method().equals("POST"), UsualFaults.badGatewayHtml())
                .failNext(request -> request.method().equals("POST"), UsualFaults.unavailable());
        assertEquals(200, service.handle(request("GET")).status());
        assertEquals(503, service.handle(request("POST")).status());
        assertEquals(502, service.handle(request("POST")).status());
        assertEquals(502, service.handle(request("POST")).status());
        service.clearFaults();
        assertEquals(200, service.handle(request("POST")).status());
        assertEquals(4, service.requests("POST").size());
        assertEquals(1, service.requests("GET").size());
    }

    private SimResponse next() {
        return service.handle(request("GET"));
    }

    private static SimRequest request(String method) {
        return SimRequest.of(method, URI.create("/a?b=c"), Map.of("X-Secret", List.of("s3cret")), new byte[0]);
    }
}
