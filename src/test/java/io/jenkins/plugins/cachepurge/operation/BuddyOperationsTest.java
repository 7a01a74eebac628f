package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyExecutionResult;
import io.jenkins.plugins.cachepurge.simulator.Faults;
import io.jenkins.plugins.cachepurge.simulator.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.jenkins.plugins.cachepurge.engine.DriverKind;

@ParameterizedClass
@EnumSource(DriverKind.class)
class BuddyOperationsTest {

    private static final String PAGE =
            "https://app.buddy.works/acme/website/pipelines/pipeline/2/execution/000000000000000000000004";

    @Parameter
    private DriverKind kind;

    private BuddyFixture stage() {
        return new BuddyFixture(kind);
    }

    @Test
    void clearsACache() {
        BuddyFixture stage = stage();
        Map<?, ?> value =
                (Map<?, ?>) stage.bench.run(BuddyFixture.clear()).succeeded().toPipelineValue();
        assertEquals(
                "[id=2, name=Live mirror, url=https://api.buddy.works/workspaces/acme/projects/website/pipelines/2, htmlUrl=https://app.buddy.works/acme/website/pipelines/pipeline/2, lastExecutionStatus=FAILED]",
                value.entrySet().toString());
        assertEquals(1, stage.clears());
        assertEquals(
                List.of(
                        "Asking Buddy to clear the cache of pipeline 2 of acme/website",
                        "Buddy cache of pipeline 2 of acme/website: cleared (Live mirror) (0.1 s, 1 request)"
                                + " https://app.buddy.works/acme/website/pipelines/pipeline/2"),
                stage.bench.console());
    }

    @Test
    void waitsForTheEndOfAnExecution() {
        BuddyFixture stage = stage();
        BuddyExecutionResult result = stage.bench.run(BuddyFixture.run()).succeeded();
        assertEquals(4, result.id());
        assertEquals("SUCCESSFUL", result.status());
        assertEquals(PAGE, result.htmlUrl());
        assertEquals(
                List.of("id", "status", "url", "htmlUrl", "startDate", "finishDate"),
                List.copyOf(result.toPipelineValue().keySet()));
        assertEquals(1, stage.starts());
        assertEquals(
                List.of(
                        "Asking Buddy to run execution 4 of pipeline 2 of acme/website now",
                        "Buddy execution 4 of pipeline 2 of acme/website is INPROGRESS"),
                stage.bench.console().subList(0, 2));
    }

    @Test
    void doesNotWaitWhereThatIsNotWanted() {
        BuddyFixture stage = stage();
        BuddyExecutionResult result = stage.bench
                .run(BuddyFixture.run(BuddyFixture.EXECUTION, false, false))
                .succeeded();
        assertEquals("INPROGRESS", result.status());
        assertEquals(1, stage.bench.service().requests().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "TERMINATED", "SKIPPED", "NOT_EXECUTED"})
    void anyOtherEndIsAFailure(String status) {
        BuddyFixture stage = stage();
        stage.buddy.executionEndsAfter(Duration.ofSeconds(3), status);
        assertEquals(
                "Buddy was asked to run execution 4 of pipeline 2 of acme/website and it ended as %s. Its log is at %s"
                        .formatted(status, PAGE),
                stage.bench.run(BuddyFixture.run()).failed(Kind.FAILED).getMessage());
    }

    @Test
    void anUnknownStatusIsNeitherSuccessNorEnd() {
        BuddyFixture stage = stage();
        stage.buddy.executionGoesThrough(List.of(
                new Phase("SUCCESSFUL_SO_FAR", Duration.ofSeconds(20)), new Phase("SUCCESSFUL", Duration.ZERO)));
        assertEquals("SUCCESSFUL", stage.bench.run(BuddyFixture.run()).succeeded().status());
        assertTrue(stage.time.passed().compareTo(Duration.ofSeconds(20)) > 0);
        assertTrue(
                stage.bench.consoleText().contains(" is SUCCESSFUL_SO_FAR, a status this plugin does not know"),
                stage.bench::consoleText);
    }

    @Test
    void aStatusOfAnyLengthIsALineThatCanBeRead() {
        BuddyFixture stage = stage();
        stage.buddy.executionEndsAfter(Duration.ofSeconds(1), "X".repeat(5_000));
        ApiException problem = stage.bench.run(BuddyFixture.run()).failed(Kind.TIMED_OUT);
        assertTrue(problem.getMessage().length() < 1_000, "too long");
        assertTrue(stage.bench.consoleText().length() < 1_000, "too long");
    }

    @Test
    void anUnknownStatusLastsUntilTheDeadline() {
        BuddyFixture stage = stage();
        stage.buddy.executionEndsAfter(Duration.ofSeconds(1), "DONE");
        ApiException problem = stage.bench.run(BuddyFixture.run()).failed(Kind.TIMED_OUT);
        assertTrue(
                problem.getMessage()
                        .endsWith(
                                "Last known: Buddy execution 4 of pipeline 2 of acme/website is DONE, a status this plugin does not know."),
                problem.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WAITING_FOR_APPLY",
                "WAITING_FOR_VARIABLES",
                "WAITING_FOR_SETTABLE_VARIABLES",
                "WAITING_FOR_VT_SESSION"
            })
    void saysThatAPersonIsNeededAndWhere(String status) {
        BuddyFixture stage = stage();
        stage.buddy.executionGoesThrough(List.of(
                new Phase(status, Duration.ofMinutes(2)),
                new Phase("INPROGRESS", Duration.ofMinutes(1)),
                new Phase("SUCCESSFUL", Duration.ZERO)));
        stage.bench.run(BuddyFixture.run()).succeeded();
        assertEquals(
                "Buddy execution 4 of pipeline 2 of acme/website waits for a person (%s): %s".formatted(status, PAGE),
                stage.bench.console().get(1));
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3})
    void whatWasNotDelayedIsRefused(long ended) {
        BuddyFixture stage = stage();
        ApiException problem =
                stage.bench.run(BuddyFixture.run(ended, true, false)).failed(Kind.REFUSED);
        assertTrue(
                problem.getMessage().contains("RUN_DELAYED is not possible: the execution is "), problem.getMessage());
    }

    @Test
    void whatIsGoneIsRefused() {
        BuddyFixture stage = stage();
        ApiException problem = stage.bench.run(BuddyFixture.run(77, true, false)).failed(Kind.REFUSED);
        assertEquals(404, problem.status().orElseThrow());
    }

    @Test
    void anExecutionThatIsDeletedMeanwhileIsAFailure() {
        BuddyFixture stage = stage();
        stage.bench.exchanges().atEachBoundary(() -> {
            if (stage.bench.service().requests().size() == 3) {
                stage.buddy.deactivate("acme");
            }
        });
        ApiException problem = stage.bench.run(BuddyFixture.run()).failed(Kind.REFUSED);
        assertTrue(problem.getMessage().contains("Only active workspaces"), problem.getMessage());
    }

    /** Once waiting is given up for whatever reason, nobody is left who would look after the execution. */
    @Test
    void anExecutionThatCannotBeWatchedAnyMoreIsCancelledWhereThatIsWished() {
        BuddyFixture stage = stage();
        stage.bench.service().failNext(request -> request.method().equals("GET"), Faults.tooManyRequestsRetryAfter((int)
                Duration.ofDays(1).toSeconds()));
        stage.bench.run(BuddyFixture.runAndCancelOnAbort()).failed(Kind.RATE_LIMITED);
        assertEquals(1, stage.cancels());
    }

    @Test
    void namesTheScopeThatIsMissing() {
        BuddyFixture stage = stage();
        stage.buddy.rejectScope("EXECUTION_MANAGE");
        ApiException problem = stage.bench.run(BuddyFixture.clear()).failed(Kind.REFUSED);
        assertTrue(problem.getMessage().contains("has the scope EXECUTION_MANAGE"), problem.getMessage());
        assertEquals(0, stage.clears());
    }
}
