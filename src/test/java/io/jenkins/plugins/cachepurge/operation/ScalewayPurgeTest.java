package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.RecordedScalewayPurge;
import io.jenkins.plugins.cachepurge.simulator.ScalewayErrorResponses;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(DriverKind.class)
class ScalewayPurgeTest {

    @Parameter
    private DriverKind kind;

    @Test
    void purgesEverythingWithOneRequest() {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        PurgeResult result = fixture.harness.run(ScalewayFixture.purgeAll()).succeeded();
        assertEquals(List.of(List.of()), fixture.submitted());
        String id = fixture.scaleway.purgeRequests().get(2).id();
        assertEquals(
                "{provider=scaleway, target=%s, status=done, what=all, count=0, requests=[{id=%s, status=done, count=0}]}"
                        .formatted(ScalewayFixture.PIPELINE, id),
                result.toPipelineValue().toString());
        String last = fixture.harness.console().get(fixture.harness.console().size() - 1);
        assertTrue(last.contains(": everything in one request: done ("), last);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 1", "6, 2", "10, 2", "12, 3"})
    void fivePathsGoIntoARequest(int paths, int requests) {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        PurgeResult result = fixture.harness.run(ScalewayFixture.purge(paths)).succeeded();
        assertEquals(requests, fixture.submitted().size());
        assertEquals(
                ScalewayFixture.paths(0, paths),
                fixture.submitted().stream().flatMap(List::stream).toList(),
                "in their order");
        assertEquals(
                fixture.scaleway.purgeRequests().stream()
                        .skip(2)
                        .map(RecordedScalewayPurge::id)
                        .toList(),
                result.requests().stream().map(PurgeResult.RequestResult::id).toList());
        assertEquals(
                paths,
                result.requests().stream()
                        .mapToInt(PurgeResult.RequestResult::count)
                        .sum());
    }

    @Test
    void doesNotWaitWhereThatIsNotWanted() {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        PurgeSelection what = new PurgeSelection(SelectionType.PATHS, ScalewayFixture.paths(0, 7));
        PurgeResult result =
                fixture.harness.run(ScalewayFixture.purge(what, false)).succeeded();
        assertEquals("pending", result.status());
        assertEquals(2, fixture.harness.service().requests().size());
    }

    @Test
    void watchesManyWithOneList() {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        fixture.scaleway.purgeTakes(Duration.ofSeconds(3), "done");
        fixture.harness.run(ScalewayFixture.purge(50)).succeeded();
        long polls = fixture.harness.service().requests("GET").size();
        assertTrue(polls <= 7, "polls: " + polls);
    }

    /** More than a page: what is no longer on it is asked for by its id. */
    @Test
    void watchesMoreThanAPage() {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        fixture.scaleway.purgeTakes(Duration.ofMinutes(1), "done");
        PurgeResult result = fixture.harness.run(ScalewayFixture.purge(5 * 60)).succeeded();
        assertEquals(60, result.requests().size());
        assertEquals("done", result.status());
    }

    @Test
    void oneThatFailedFailsThePurgeWhenAllAreOver() {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        fixture.scaleway.nextFinalStatuses("done", "error", "done");
        ApiException problem = fixture.harness.run(ScalewayFixture.purge(12)).failed(Kind.FAILED);
        String id = fixture.scaleway.purgeRequests().get(3).id();
        assertEquals(
                "Scaleway Edge Services was asked to purge 12 paths of pipeline %s and ended 1 of 3 purge requests with the status error (%s). It gives no reason; purge again, or ask its support with the ids."
                        .formatted(ScalewayFixture.PIPELINE, id),
                problem.getMessage());
    }

    @Test
    void oneThatFailedAtOnceFailsThePurgeThoughNobodyWaits() {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        fixture.scaleway.purgeTakes(Duration.ZERO, "error");
        fixture.harness.run(ScalewayFixture.purge(PurgeSelection.all(), false)).failed(Kind.FAILED);
    }

    @ParameterizedTest
    @CsvSource({"unknown_status", "done_partly", "DONE"})
    void anUnknownStatusIsNeitherSuccessNorEnd(String status) {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        fixture.scaleway.nextFinalStatuses("done", status);
        ApiException problem = fixture.harness.run(ScalewayFixture.purge(10)).failed(Kind.TIMED_OUT);
        assertTrue(
                problem.getMessage()
                        .endsWith(": 1 of 2 purge requests done, 1 %s (a status this plugin does not know)."
                                .formatted(status)),
                problem.getMessage());
        assertEquals(Duration.ofMinutes(5), fixture.time.passed());
    }

    @Test
    void aStatusOfAnyLengthIsALineThatCanBeRead() {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        fixture.scaleway.nextFinalStatuses("x".repeat(5_000));
        ApiException problem = fixture.harness.run(ScalewayFixture.purgeAll()).failed(Kind.TIMED_OUT);
        assertTrue(problem.getMessage().length() < 1_000, "too long");
        assertTrue(fixture.harness.consoleText().length() < 1_000, "too long");
    }

    @ParameterizedTest
    @CsvSource({"1", "10"})
    void aRequestThatIsDeletedMeanwhileIsNoSuccess(int paths) {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        fixture.harness
                .service()
                .failEvery(
                        request -> request.method().equals("GET")
                                && request.query("page").isEmpty(),
                        UsualFaults.answering(ScalewayErrorResponses.notFound("purge_request", "x")))
                .failEvery(
                        request -> request.query("page").isPresent(),
                        UsualFaults.answering(
                                SimResponse.json(200, Map.of("purge_requests", List.of(), "total_count", 0))));
        ApiException problem = fixture.harness.run(ScalewayFixture.purge(paths)).failed(Kind.REFUSED);
        assertEquals("not_found", problem.code().orElseThrow());
    }

    @Test
    void anExpiredKeyInTheMiddleIsAnEnd() {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        fixture.harness.transport().atEachBoundary(() -> {
            if (fixture.submitted().size() == 2) {
                fixture.scaleway.expireKey();
            }
        });
        ApiException problem = fixture.harness.run(ScalewayFixture.purge(12)).failed(Kind.REFUSED);
        assertEquals("denied_authentication", problem.code().orElseThrow());
        assertEquals(2, fixture.submitted().size());
    }
}
