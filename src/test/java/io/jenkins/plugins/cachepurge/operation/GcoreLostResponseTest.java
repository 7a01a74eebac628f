package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.Faults;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.jenkins.plugins.cachepurge.engine.DriverKind;

/** A purge is looked for in the history before it is sent again. */
@ParameterizedClass
@EnumSource(DriverKind.class)
class GcoreLostResponseTest {

    private static final List<String> START = List.of("GET /cdn/resources/1001", "POST /cdn/resources/1001/purge");
    private static final String LOOK_UP = "GET /cdn/purge_statuses";

    @Parameter
    private DriverKind kind;

    static Stream<Fault> acted() {
        return Stream.of(
                Faults.actThenCut(),
                Faults.actThenCutBeforeHeaders(),
                Faults.actThenBadGateway(),
                Faults.actThenStall(),
                Faults.answering(SimResponse.text(201, "text/html", "<html>")).afterActing(),
                Faults.answering(SimResponse.json(200, 7)).afterActing());
    }

    static Stream<Fault> notActed() {
        return Stream.of(
                Faults.cutBeforeActing(),
                Faults.badGatewayHtml(),
                Faults.unavailable(4),
                Faults.stall(),
                Faults.answering(SimResponse.text(200, "text/html", "<html>")));
    }

    @ParameterizedTest
    @MethodSource("acted")
    void whatWasDoneIsFoundAndNotDoneAgain(Fault loss) {
        GcoreFixture stage = new GcoreFixture(kind);
        stage.bench.service().failNext(GcoreLostResponseTest::submits, loss);
        PurgeResult result = stage.bench.run(GcoreFixture.purge(3)).succeeded();
        assertEquals(List.of(ScalewayFixture.paths(0, 3)), stage.submitted());
        assertEquals("1", result.requests().get(0).id());
        assertEquals(START, asked(stage).subList(0, 2));
        assertEquals(LOOK_UP, asked(stage).get(2));
        assertEquals(1, stage.bench.service().requests("POST").size());
    }

    @ParameterizedTest
    @MethodSource("notActed")
    void whatWasNotDoneIsLookedForFirstAndThenDone(Fault loss) {
        GcoreFixture stage = new GcoreFixture(kind);
        stage.bench.service().failNext(GcoreLostResponseTest::submits, loss);
        stage.bench.run(GcoreFixture.purge(3)).succeeded();
        assertEquals(List.of(ScalewayFixture.paths(0, 3)), stage.submitted());
        assertEquals(List.of(LOOK_UP, START.get(1)), asked(stage).subList(2, 4));
    }

    @Test
    void anOlderPurgeOfTheSameIsNotTakenForTheLostOne() {
        GcoreFixture stage = new GcoreFixture(kind);
        stage.gcore.addPurge(
                GcoreFixture.RESOURCE,
                "purge_all",
                List.of(),
                stage.time.instant().minusSeconds(60),
                "Successful");
        stage.bench.service().failNext(GcoreLostResponseTest::submits, Faults.cutBeforeActing());
        stage.bench.run(GcoreFixture.purgeAll()).succeeded();
        assertEquals(2, stage.submitted().size(), "the older one and its own");
    }

    @Test
    void theServicesClockDoesNotMatter() {
        for (long ahead : List.of(-7200L, -90L, 90L)) {
            GcoreFixture stage = new GcoreFixture(kind);
            // The simulator's dates are by the clock of the test, so the Date header is the one that is off.
            stage.bench.exchanges().serviceClockAhead(Duration.ofSeconds(Math.min(0, ahead)));
            stage.bench.service().failNext(GcoreLostResponseTest::submits, Faults.actThenCut());
            stage.bench.run(GcoreFixture.purgeAll()).succeeded();
            assertEquals(1, stage.submitted().size());
        }
    }

    @Test
    void isLookedForBehindWhatOthersDidMeanwhile() {
        GcoreFixture stage = new GcoreFixture(kind);
        stage.bench.service().failNext(GcoreLostResponseTest::submits, (request, service) -> {
            service.get();
            for (int i = 0; i < 230; i++) {
                stage.gcore.addPurge(
                        GcoreFixture.RESOURCE, "purge_by_url", List.of("/x" + i), stage.time.instant(), "Failed");
            }
            return Faults.cutBeforeActing().apply(request, service);
        });
        stage.bench.run(GcoreFixture.purge(3)).succeeded();
        assertEquals(1, stage.bench.service().requests("POST").size());
        assertEquals(List.of(LOOK_UP, LOOK_UP, LOOK_UP), asked(stage).subList(2, 5));
    }

    @Test
    void oneThatWasFoundAsFailedFailsThePurgeThoughNobodyWaits() {
        GcoreFixture stage = new GcoreFixture(kind);
        stage.gcore.purgeTakes(Duration.ZERO, "Failed");
        stage.bench.service().failNext(GcoreLostResponseTest::submits, Faults.actThenCut());
        stage.bench
                .run(GcoreFixture.purge(new PurgeSelection.Everything(), false))
                .failed(Kind.FAILED);
    }

    @Test
    void isGivenUpAfterThreeTries() {
        GcoreFixture stage = new GcoreFixture(kind);
        stage.bench.service().failEvery(GcoreLostResponseTest::submits, Faults.badGatewayHtml());
        ApiException problem = stage.bench.run(GcoreFixture.purge(3)).failed(Kind.FAILED);
        assertEquals(3, stage.bench.service().requests("POST").size());
        assertEquals(List.of(), stage.submitted());
        assertEquals(
                "Gcore CDN was asked to purge 3 paths of CDN resource 1001 and gave no usable answer 3 times, and knows"
                        + " of no such purge request. Check the API URL, and try again later.",
                problem.getMessage());
    }

    @Test
    void aRefusalForItsRateWasNotDone() {
        GcoreFixture stage = new GcoreFixture(kind);
        stage.bench.service().failNext(GcoreLostResponseTest::submits, Faults.tooManyRequestsRetryAfter(20));
        stage.bench.run(GcoreFixture.purge(3)).succeeded();
        assertEquals(List.of(START.get(1), START.get(1)), asked(stage).subList(1, 3));
        assertTrue(stage.time.passed().toSeconds() >= 20);
    }

    private static boolean submits(SimRequest request) {
        return request.method().equals("POST");
    }

    private static List<String> asked(GcoreFixture stage) {
        return stage.bench.service().requests().stream()
                .map(SimRequest::toString)
                .toList();
    }
}
