package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.simulator.Faults;
import io.jenkins.plugins.cachepurge.simulator.ScalewayErrors;
import io.jenkins.plugins.cachepurge.simulator.ScalewayPurge;
import io.jenkins.plugins.cachepurge.simulator.SimAnswer;
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
        ScalewayStage stage = new ScalewayStage(kind);
        PurgeResult result = stage.bench.run(ScalewayStage.purgeAll()).succeeded();
        assertEquals(List.of(List.of()), stage.submitted());
        String id = stage.scaleway.purgeRequests().get(2).id();
        assertEquals(
                "{provider=scaleway, target=%s, status=done, what=all, count=0, all=true, paths=0, requests=[{id=%s, status=done, count=0, paths=0}]}"
                        .formatted(ScalewayStage.PIPELINE, id),
                result.value().toString());
        String last = stage.bench.console().get(stage.bench.console().size() - 1);
        assertTrue(last.contains(": everything in one request: done ("), last);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 1", "6, 2", "10, 2", "12, 3"})
    void fivePathsGoIntoARequest(int paths, int requests) {
        ScalewayStage stage = new ScalewayStage(kind);
        PurgeResult result = stage.bench.run(ScalewayStage.purge(paths)).succeeded();
        assertEquals(requests, stage.submitted().size());
        assertEquals(
                ScalewayStage.paths(0, paths),
                stage.submitted().stream().flatMap(List::stream).toList(),
                "in their order");
        assertEquals(
                stage.scaleway.purgeRequests().stream()
                        .skip(2)
                        .map(ScalewayPurge::id)
                        .toList(),
                result.requests().stream().map(PurgeResult.Request::id).toList());
        assertEquals(
                paths,
                result.requests().stream().mapToInt(PurgeResult.Request::count).sum());
    }

    @Test
    void doesNotWaitWhereThatIsNotWanted() {
        ScalewayStage stage = new ScalewayStage(kind);
        PurgeSelection what = new PurgeSelection.Paths(ScalewayStage.paths(0, 7));
        PurgeResult result = stage.bench.run(ScalewayStage.purge(what, false)).succeeded();
        assertEquals("pending", result.status());
        assertEquals(2, stage.bench.service().requests().size());
    }

    @Test
    void watchesManyWithOneList() {
        ScalewayStage stage = new ScalewayStage(kind);
        stage.scaleway.purgeTakes(Duration.ofSeconds(3), "done");
        stage.bench.run(ScalewayStage.purge(50)).succeeded();
        long polls = stage.bench.service().requests("GET").size();
        assertTrue(polls <= 7, "polls: " + polls);
    }

    /** More than a page: what is no longer on it is asked for by its id. */
    @Test
    void watchesMoreThanAPage() {
        ScalewayStage stage = new ScalewayStage(kind);
        stage.scaleway.purgeTakes(Duration.ofMinutes(1), "done");
        PurgeResult result = stage.bench.run(ScalewayStage.purge(5 * 60)).succeeded();
        assertEquals(60, result.requests().size());
        assertEquals("done", result.status());
    }

    @Test
    void oneThatFailedFailsThePurgeWhenAllAreOver() {
        ScalewayStage stage = new ScalewayStage(kind);
        stage.scaleway.nextFinalStatuses("done", "error", "done");
        ApiException problem = stage.bench.run(ScalewayStage.purge(12)).failed(Kind.FAILED);
        String id = stage.scaleway.purgeRequests().get(3).id();
        assertEquals(
                "Scaleway Edge Services was asked to purge 12 paths of pipeline %s and ended 1 of 3 purge requests with the status error (%s). It gives no reason; purge again, or ask its support with the ids."
                        .formatted(ScalewayStage.PIPELINE, id),
                problem.getMessage());
    }

    @Test
    void oneThatFailedAtOnceFailsThePurgeThoughNobodyWaits() {
        ScalewayStage stage = new ScalewayStage(kind);
        stage.scaleway.purgeTakes(Duration.ZERO, "error");
        stage.bench
                .run(ScalewayStage.purge(new PurgeSelection.Everything(), false))
                .failed(Kind.FAILED);
    }

    @ParameterizedTest
    @CsvSource({"unknown_status", "done_partly", "DONE"})
    void anUnknownStatusIsNeitherSuccessNorEnd(String status) {
        ScalewayStage stage = new ScalewayStage(kind);
        stage.scaleway.nextFinalStatuses("done", status);
        ApiException problem = stage.bench.run(ScalewayStage.purge(10)).failed(Kind.TIMED_OUT);
        assertTrue(
                problem.getMessage()
                        .endsWith("is 1 done, 1 %s (a status this plugin does not know).".formatted(status)),
                problem.getMessage());
        assertEquals(Duration.ofMinutes(5), stage.time.passed());
    }

    @Test
    void aStatusOfAnyLengthIsALineThatCanBeRead() {
        ScalewayStage stage = new ScalewayStage(kind);
        stage.scaleway.nextFinalStatuses("x".repeat(5_000));
        ApiException problem = stage.bench.run(ScalewayStage.purgeAll()).failed(Kind.TIMED_OUT);
        assertTrue(problem.getMessage().length() < 1_000, "too long");
        assertTrue(stage.bench.consoleText().length() < 1_000, "too long");
    }

    @ParameterizedTest
    @CsvSource({"1", "10"})
    void aRequestThatIsDeletedMeanwhileIsNoSuccess(int paths) {
        ScalewayStage stage = new ScalewayStage(kind);
        stage.bench
                .service()
                .failEvery(
                        request -> request.method().equals("GET")
                                && request.query("page").isEmpty(),
                        Faults.answering(ScalewayErrors.notFound("purge_request", "x")))
                .failEvery(
                        request -> request.query("page").isPresent(),
                        Faults.answering(SimAnswer.json(200, Map.of("purge_requests", List.of(), "total_count", 0))));
        ApiException problem = stage.bench.run(ScalewayStage.purge(paths)).failed(Kind.REFUSED);
        assertEquals("not_found", problem.code().orElseThrow());
    }

    @Test
    void anExpiredKeyInTheMiddleIsAnEnd() {
        ScalewayStage stage = new ScalewayStage(kind);
        stage.bench.exchanges().atEachBoundary(() -> {
            if (stage.submitted().size() == 2) {
                stage.scaleway.expireKey();
            }
        });
        ApiException problem = stage.bench.run(ScalewayStage.purge(12)).failed(Kind.REFUSED);
        assertEquals("denied_authentication", problem.code().orElseThrow());
        assertEquals(2, stage.submitted().size());
    }
}
