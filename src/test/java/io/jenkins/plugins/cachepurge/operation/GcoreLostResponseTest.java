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
        GcoreFixture fixture = new GcoreFixture(kind);
        fixture.harness.service().failNext(GcoreLostResponseTest::submits, loss);
        PurgeResult result = fixture.harness.run(GcoreFixture.purge(3)).succeeded();
        assertEquals(List.of(ScalewayFixture.paths(0, 3)), fixture.submitted());
        assertEquals("1", result.requests().get(0).id());
        assertEquals(START, asked(fixture).subList(0, 2));
        assertEquals(LOOK_UP, asked(fixture).get(2));
        assertEquals(1, fixture.harness.service().requests("POST").size());
    }

    @ParameterizedTest
    @MethodSource("notActed")
    void whatWasNotDoneIsLookedForFirstAndThenDone(Fault loss) {
        GcoreFixture fixture = new GcoreFixture(kind);
        fixture.harness.service().failNext(GcoreLostResponseTest::submits, loss);
        fixture.harness.run(GcoreFixture.purge(3)).succeeded();
        assertEquals(List.of(ScalewayFixture.paths(0, 3)), fixture.submitted());
        assertEquals(List.of(LOOK_UP, START.get(1)), asked(fixture).subList(2, 4));
    }

    @Test
    void anOlderPurgeOfTheSameIsNotTakenForTheLostOne() {
        GcoreFixture fixture = new GcoreFixture(kind);
        fixture.gcore.addPurge(
                GcoreFixture.RESOURCE,
                "purge_all",
                List.of(),
                fixture.time.instant().minusSeconds(60),
                "Successful");
        fixture.harness.service().failNext(GcoreLostResponseTest::submits, Faults.cutBeforeActing());
        fixture.harness.run(GcoreFixture.purgeAll()).succeeded();
        assertEquals(2, fixture.submitted().size(), "the older one and its own");
    }

    @Test
    void theServicesClockDoesNotMatter() {
        for (long ahead : List.of(-7200L, -90L, 90L)) {
            GcoreFixture fixture = new GcoreFixture(kind);
            // The simulator's dates are by the clock of the test, so the Date header is the one that is off.
            fixture.harness.transport().serviceClockAhead(Duration.ofSeconds(Math.min(0, ahead)));
            fixture.harness.service().failNext(GcoreLostResponseTest::submits, Faults.actThenCut());
            fixture.harness.run(GcoreFixture.purgeAll()).succeeded();
            assertEquals(1, fixture.submitted().size());
        }
    }

    @Test
    void isLookedForBehindWhatOthersDidMeanwhile() {
        GcoreFixture fixture = new GcoreFixture(kind);
        fixture.harness.service().failNext(GcoreLostResponseTest::submits, (request, service) -> {
            service.get();
            for (int i = 0; i < 230; i++) {
                fixture.gcore.addPurge(
                        GcoreFixture.RESOURCE, "purge_by_url", List.of("/x" + i), fixture.time.instant(), "Failed");
            }
            return Faults.cutBeforeActing().apply(request, service);
        });
        fixture.harness.run(GcoreFixture.purge(3)).succeeded();
        assertEquals(1, fixture.harness.service().requests("POST").size());
        assertEquals(List.of(LOOK_UP, LOOK_UP, LOOK_UP), asked(fixture).subList(2, 5));
    }

    @Test
    void oneThatWasFoundAsFailedFailsThePurgeThoughNobodyWaits() {
        GcoreFixture fixture = new GcoreFixture(kind);
        fixture.gcore.purgeTakes(Duration.ZERO, "Failed");
        fixture.harness.service().failNext(GcoreLostResponseTest::submits, Faults.actThenCut());
        fixture.harness
                .run(GcoreFixture.purge(PurgeSelection.all(), false))
                .failed(Kind.FAILED);
    }

    @Test
    void isGivenUpAfterThreeTries() {
        GcoreFixture fixture = new GcoreFixture(kind);
        fixture.harness.service().failEvery(GcoreLostResponseTest::submits, Faults.badGatewayHtml());
        ApiException problem = fixture.harness.run(GcoreFixture.purge(3)).failed(Kind.FAILED);
        assertEquals(3, fixture.harness.service().requests("POST").size());
        assertEquals(List.of(), fixture.submitted());
        assertEquals(
                "Gcore CDN was asked to purge 3 paths of CDN resource 1001 and gave no usable answer 3 times, and knows"
                        + " of no such purge request. Check the API URL, and try again later.",
                problem.getMessage());
    }

    @Test
    void aRefusalForItsRateWasNotDone() {
        GcoreFixture fixture = new GcoreFixture(kind);
        fixture.harness.service().failNext(GcoreLostResponseTest::submits, Faults.tooManyRequestsRetryAfter(20));
        fixture.harness.run(GcoreFixture.purge(3)).succeeded();
        assertEquals(List.of(START.get(1), START.get(1)), asked(fixture).subList(1, 3));
        assertTrue(fixture.time.passed().toSeconds() >= 20);
    }

    private static boolean submits(SimRequest request) {
        return request.method().equals("POST");
    }

    private static List<String> asked(GcoreFixture fixture) {
        return fixture.harness.service().requests().stream()
                .map(SimRequest::toString)
                .toList();
    }
}
