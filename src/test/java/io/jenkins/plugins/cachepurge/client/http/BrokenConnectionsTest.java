package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.simulator.Delivery;
import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a request that no whole answer came to: whether the service can have seen it is what matters. */
class BrokenConnectionsTest {

    private static final Duration SOON = Duration.ofMillis(300);

    private record Nothing() implements SimService {

        @Override
        public String name() {
            return "nothing";
        }

        @Override
        public SimResponse handle(SimRequest request) {
            return SimResponse.json(200, Map.of("list", List.of(1, 2, 3)));
        }
    }

    private final FaultInjectingService service = new FaultInjectingService(new Nothing());
    private final SimServer server = SimServer.start(service);
    private final HttpUrl url = HttpUrl.get(server.url()).resolve("/path?query");
    private final HttpTestClient wire = new HttpTestClient();

    @AfterEach
    void close() {
        wire.close();
        server.close();
    }

    static Stream<Fault> cuts() {
        return Stream.of(
                UsualFaults.cutBeforeActing(), UsualFaults.actThenCut(), UsualFaults.actThenCutBeforeHeaders());
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void aCutAnswerIsNoAnswerAndNotAskedForAgain(Fault cut) {
        for (ApiRequest request : List.of(ApiRequest.post(url), ApiRequest.get(url))) {
            service.failNext(cut);
            ApiException problem = wire.failed(TestCalls.of(request));
            assertEquals(Kind.NO_RESPONSE, problem.kind());
            assertTrue(problem.kind().mayHaveTakenEffect());
            assertTrue(problem.status().isEmpty());
            assertTrue(
                    problem.getMessage()
                            .contains("the other side closed the connection before the response was complete"),
                    problem.getMessage());
        }
        assertEquals(2, service.requests().size());
    }

    /** A connection that lay in the pool for a while may be dead: the client must not hide that by a second try. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void aDeadPooledConnectionIsNoReasonToSendTwice(String method) {
        wire.answered(TestCalls.of(ApiRequest.get(url)));
        service.failNext(UsualFaults.actThenCutBeforeHeaders());
        assertEquals(
                Kind.NO_RESPONSE, wire.failed(TestCalls.of(request(method))).kind());
        assertEquals(2, service.requests().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void anAnswerThatTakesTooLongIsNoAnswer(String method) {
        service.failEvery(request -> true, UsualFaults.actThenStall());
        ApiException problem = wire.failed(TestCalls.of(request(method)), Signer.NONE, SOON);
        assertEquals(Kind.NO_RESPONSE, problem.kind());
        assertEquals(
                "Example was asked to do a thing but no complete response arrived from %s %s/path: the request timed out."
                                .formatted(method, server.url())
                        // A request that only reads has no effect.
                        + (method.equals("GET") ? "" : " It may have taken effect."),
                problem.getMessage());
        assertEquals(1, service.requests().size());
    }

    /** Zero means "no limit" to OkHttp. */
    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.0001S", "PT-1S"})
    void noTimeLeftIsNotEndlessTime(Duration atMost) {
        service.failEvery(request -> true, UsualFaults.stall());
        ApiException problem = wire.failed(TestCalls.of(ApiRequest.get(url)), Signer.NONE, atMost);
        assertTrue(problem.kind().isRetryable(), problem.getMessage());
    }

    @Test
    void canBeGivenUp() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        service.failNext((request, unused) -> {
            arrived.countDown();
            return SimResponse.empty(200).withDelivery(Delivery.STALL);
        });
        HttpTestClient.Begun<?> begun =
                wire.begin(TestCalls.of(ApiRequest.post(url)), Signer.NONE, HttpLimits.EXCHANGE_TIMEOUT);
        arrived.await();
        begun.underWay().cancel();
        assertEquals(Kind.NO_RESPONSE, TestResponses.problem(begun.end()).kind());
        begun.underWay().cancel();
    }

    @Test
    void aRefusedConnectionLeftTheServiceUntouched() {
        server.close();
        ApiException problem = wire.failed(TestCalls.of(ApiRequest.post(url)));
        assertEquals(Kind.UNREACHABLE, problem.kind());
        assertTrue(problem.kind().isRetryable());
        assertEquals(false, problem.kind().mayHaveTakenEffect());
        assertEquals(
                "Example was asked to do a thing but POST %s/path could not be reached: connection refused or no route. Check the URL, the network and Jenkins' proxy settings."
                        .formatted(server.url()),
                problem.getMessage());
    }

    @Test
    void aHostThatIsNotKnownLeftTheServiceUntouched() {
        try (HttpTestClient lost = new HttpTestClient(builder -> builder.dns(host -> {
            throw new UnknownHostException(host);
        }))) {
            ApiException problem = lost.failed(TestCalls.get());
            assertEquals(Kind.UNKNOWN_HOST, problem.kind());
            assertTrue(problem.getMessage().contains("unknown host name"), problem.getMessage());
        }
    }

    private ApiRequest request(String method) {
        return method.equals("GET") ? ApiRequest.get(url) : ApiRequest.post(url);
    }
}
