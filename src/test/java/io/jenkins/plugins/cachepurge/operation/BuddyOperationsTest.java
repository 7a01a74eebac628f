package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyExecutionResult;
import io.jenkins.plugins.cachepurge.simulator.TimedStatus;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(DriverKind.class)
class BuddyOperationsTest {

    private static final String PAGE =
            "https://app.buddy.works/acme/website/pipelines/pipeline/2/execution/000000000000000000000004";

    @Parameter
    private DriverKind kind;

    private BuddyFixture fixture() {
        return new BuddyFixture(kind);
    }

    @Test
    void clearsACache() {
        BuddyFixture fixture = fixture();
        Map<?, ?> value = (Map<?, ?>)
                fixture.harness.run(BuddyFixture.clear()).succeeded().toPipelineValue();
        assertEquals(
                "[id=2, name=Live mirror, url=https://api.buddy.works/workspaces/acme/projects/website/pipelines/2, htmlUrl=https://app.buddy.works/acme/website/pipelines/pipeline/2, lastExecutionStatus=FAILED]",
                value.entrySet().toString());
        assertEquals(1, fixture.clears());
        assertEquals(
                List.of(
                        "Asking Buddy to clear the cache of pipeline 2 of acme/website",
                        "Buddy cache of pipeline 2 of acme/website: cleared (Live mirror) (0.1 s, 1 request)"
                                + " https://app.buddy.works/acme/website/pipelines/pipeline/2"),
                fixture.harness.console());
    }

    @Test
    void waitsForTheEndOfAnExecution() {
        BuddyFixture fixture = fixture();
        BuddyExecutionResult result = fixture.harness.run(BuddyFixture.run()).succeeded();
        assertEquals(4, result.id());
        assertEquals("SUCCESSFUL", result.status());
        assertEquals(PAGE, result.htmlUrl());
        assertEquals(
                List.of("id", "status", "url", "htmlUrl", "startDate", "finishDate"),
                List.copyOf(result.toPipelineValue().keySet()));
        assertEquals(1, fixture.starts());
        assertEquals(
                List.of(
                        "Asking Buddy to run execution 4 of pipeline 2 of acme/website now",
                        "Buddy execution 4 of pipeline 2 of acme/website is INPROGRESS"),
                fixture.harness.console().subList(0, 2));
    }

    @Test
    void doesNotWaitWhereThatIsNotWanted() {
        BuddyFixture fixture = fixture();
        BuddyExecutionResult result = fixture.harness
                .run(BuddyFixture.run(BuddyFixture.EXECUTION, false, false))
                .succeeded();
        assertEquals("INPROGRESS", result.status());
        assertEquals(1, fixture.harness.service().requests().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "TERMINATED", "SKIPPED", "NOT_EXECUTED"})
    void anyOtherEndIsAFailure(String status) {
        BuddyFixture fixture = fixture();
        fixture.buddy.executionEndsAfter(Duration.ofSeconds(3), status);
        assertEquals(
                "Buddy was asked to run execution 4 of pipeline 2 of acme/website and it ended as %s. Its log is at %s"
                        .formatted(status, PAGE),
                fixture.harness.run(BuddyFixture.run()).failed(Kind.FAILED).getMessage());
    }

    @Test
    void anUnknownStatusIsNeitherSuccessNorEnd() {
        BuddyFixture fixture = fixture();
        fixture.buddy.executionGoesThrough(List.of(
                new TimedStatus("SUCCESSFUL_SO_FAR", Duration.ofSeconds(20)),
                new TimedStatus("SUCCESSFUL", Duration.ZERO)));
        assertEquals(
                "SUCCESSFUL",
                fixture.harness.run(BuddyFixture.run()).succeeded().status());
        assertTrue(fixture.time.passed().compareTo(Duration.ofSeconds(20)) > 0);
        assertTrue(
                fixture.harness.consoleText().contains(" is SUCCESSFUL_SO_FAR, a status this plugin does not know"),
                fixture.harness::consoleText);
    }

    @Test
    void aStatusOfAnyLengthIsALineThatCanBeRead() {
        BuddyFixture fixture = fixture();
        fixture.buddy.executionEndsAfter(Duration.ofSeconds(1), "X".repeat(5_000));
        ApiException problem = fixture.harness.run(BuddyFixture.run()).failed(Kind.TIMED_OUT);
        assertTrue(problem.getMessage().length() < 1_000, "too long");
        assertTrue(fixture.harness.consoleText().length() < 1_000, "too long");
    }

    @Test
    void anUnknownStatusLastsUntilTheDeadline() {
        BuddyFixture fixture = fixture();
        fixture.buddy.executionEndsAfter(Duration.ofSeconds(1), "DONE");
        ApiException problem = fixture.harness.run(BuddyFixture.run()).failed(Kind.TIMED_OUT);
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
        BuddyFixture fixture = fixture();
        fixture.buddy.executionGoesThrough(List.of(
                new TimedStatus(status, Duration.ofMinutes(2)),
                new TimedStatus("INPROGRESS", Duration.ofMinutes(1)),
                new TimedStatus("SUCCESSFUL", Duration.ZERO)));
        fixture.harness.run(BuddyFixture.run()).succeeded();
        assertEquals(
                "Buddy execution 4 of pipeline 2 of acme/website waits for a person (%s): %s".formatted(status, PAGE),
                fixture.harness.console().get(1));
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3})
    void whatWasNotDelayedIsRefused(long ended) {
        BuddyFixture fixture = fixture();
        ApiException problem =
                fixture.harness.run(BuddyFixture.run(ended, true, false)).failed(Kind.REFUSED);
        assertTrue(
                problem.getMessage().contains("RUN_DELAYED is not possible: the execution is "), problem.getMessage());
    }

    @Test
    void whatIsGoneIsRefused() {
        BuddyFixture fixture = fixture();
        ApiException problem =
                fixture.harness.run(BuddyFixture.run(77, true, false)).failed(Kind.REFUSED);
        assertEquals(404, problem.status().orElseThrow());
    }

    @Test
    void anExecutionThatIsDeletedMeanwhileIsAFailure() {
        BuddyFixture fixture = fixture();
        fixture.harness.transport().atEachBoundary(() -> {
            if (fixture.harness.service().requests().size() == 3) {
                fixture.buddy.deactivate("acme");
            }
        });
        ApiException problem = fixture.harness.run(BuddyFixture.run()).failed(Kind.REFUSED);
        assertTrue(problem.getMessage().contains("Only active workspaces"), problem.getMessage());
    }

    /** Once waiting is given up for whatever reason, nobody is left who would look after the execution. */
    @Test
    void anExecutionThatCannotBeWatchedAnyMoreIsCancelledWhereThatIsWished() {
        BuddyFixture fixture = fixture();
        fixture.harness
                .service()
                .failNext(request -> request.method().equals("GET"), UsualFaults.tooManyRequestsRetryAfter((int)
                        Duration.ofDays(1).toSeconds()));
        fixture.harness.run(BuddyFixture.runAndCancelOnAbort()).failed(Kind.RATE_LIMITED);
        assertEquals(1, fixture.cancels());
    }

    @Test
    void namesTheScopeThatIsMissing() {
        BuddyFixture fixture = fixture();
        fixture.buddy.rejectScope("EXECUTION_MANAGE");
        ApiException problem = fixture.harness.run(BuddyFixture.clear()).failed(Kind.REFUSED);
        assertTrue(problem.getMessage().contains("has the scope EXECUTION_MANAGE"), problem.getMessage());
        assertEquals(0, fixture.clears());
    }
}
