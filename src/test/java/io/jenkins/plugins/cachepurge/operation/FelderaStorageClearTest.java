package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.operation.feldera.FelderaStorageClear.Result;
import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(DriverKind.class)
class FelderaStorageClearTest {

    @Parameter
    private DriverKind kind;

    @Test
    void clearsTheStorageOfAStoppedPipeline() {
        FelderaFixture fixture = new FelderaFixture(kind);
        Result cleared = fixture.harness.run(FelderaFixture.clear()).succeeded();
        assertEquals(
                "{pipeline=orders, storageStatus=Cleared, deploymentStatus=Stopped}",
                cleared.toPipelineValue().toString());
        assertEquals("Cleared", fixture.feldera.storageStatus(FelderaFixture.STOPPED));
        assertEquals("POST /v0/pipelines/orders/clear", asked(fixture).get(0));
        assertTrue(
                fixture.harness.consoleText().contains("Feldera pipeline orders is Stopped, its storage Clearing"),
                fixture.harness::consoleText);
    }

    @Test
    void whatIsClearedAlreadyIsFine() {
        FelderaFixture fixture = new FelderaFixture(kind);
        fixture.harness.run(FelderaFixture.clear()).succeeded();
        fixture.harness.run(FelderaFixture.clear()).succeeded();
        assertEquals(1, fixture.feldera.clears(FelderaFixture.STOPPED));
    }

    @Test
    void doesNotWaitWhereThatIsNotWanted() {
        FelderaFixture fixture = new FelderaFixture(kind);
        Result cleared = fixture.harness
                .run(FelderaFixture.clear(FelderaFixture.STOPPED, false, false))
                .succeeded();
        assertEquals("Clearing", cleared.storageStatus());
        assertEquals(2, fixture.harness.service().requests().size());
    }

    @Test
    void aRunningPipelineIsNotStoppedUnlessThatIsWanted() {
        FelderaFixture fixture = new FelderaFixture(kind);
        ApiException problem = fixture.harness
                .run(FelderaFixture.clear(FelderaFixture.RUNNING, false, true))
                .failed(Kind.REFUSED);
        assertEquals("StorageStatusImmutableUnlessStopped", problem.code().orElseThrow());
        assertTrue(problem.getMessage().endsWith("stop it first, or set stop: true."), problem.getMessage());
        assertEquals("Running", fixture.feldera.deploymentStatus(FelderaFixture.RUNNING));
        assertEquals(1, fixture.harness.service().requests().size());
    }

    @Test
    void stopsFirstAndWaitsUntilItIsReallyStopped() {
        FelderaFixture fixture = new FelderaFixture(kind);
        fixture.feldera.stoppingTakes(Duration.ofSeconds(90));
        fixture.harness.run(FelderaFixture.stopAndClear()).succeeded();
        List<String> asked = asked(fixture);
        assertEquals("POST /v0/pipelines/payments/stop", asked.get(0));
        assertEquals(
                List.of("true"),
                fixture.harness.service().requests().get(0).query().get("force"));
        assertEquals(
                1,
                asked.stream()
                        .filter("POST /v0/pipelines/payments/clear"::equals)
                        .count(),
                "not in vain");
        assertTrue(fixture.time.passed().compareTo(Duration.ofSeconds(95)) > 0);
        assertEquals(1, fixture.feldera.stops(FelderaFixture.RUNNING));
        assertEquals(1, fixture.feldera.clears(FelderaFixture.RUNNING));
    }

    /** Status Stopped alone is not enough: it may be about to start. */
    @ParameterizedTest
    @ValueSource(
            strings = {"deployment_desired_status", "deployment_resources_status", "deployment_resources_desired_status"
            })
    void isNotStoppedWhileAnyPartOfItIsNot(String field) {
        FelderaFixture fixture = new FelderaFixture(kind);
        Fault notYet = (request, service) -> {
            var answer = service.get();
            String text =
                    answer.bodyText().replace("\"" + field + "\":\"Stopped\"", "\"" + field + "\":\"Provisioned\"");
            return answer.withBody(text.getBytes(StandardCharsets.UTF_8));
        };
        fixture.harness.service().failEvery(request -> request.method().equals("GET"), notYet);
        boolean startedAgain = field.contains("desired");
        fixture.harness
                .run(FelderaFixture.clear(FelderaFixture.STOPPED, true, true))
                .failed(startedAgain ? Kind.FAILED : Kind.TIMED_OUT);
        assertEquals(0, fixture.feldera.clears(FelderaFixture.STOPPED));
    }

    @Test
    void stoppingWhatIsStoppedIsFine() {
        FelderaFixture fixture = new FelderaFixture(kind);
        fixture.harness
                .run(FelderaFixture.clear(FelderaFixture.STOPPED, true, true))
                .succeeded();
        assertEquals(0, fixture.feldera.stops(FelderaFixture.STOPPED));
    }

    @Test
    void tellsTheErrorThatThePipelineDiedOf() {
        FelderaFixture fixture = new FelderaFixture(kind);
        fixture.feldera.failDeployment(FelderaFixture.RUNNING, "OutOfMemory", "out of\nmemory");
        fixture.harness
                .run(FelderaFixture.clear(FelderaFixture.RUNNING, false, true))
                .succeeded();
        assertTrue(
                fixture.harness.consoleText().contains("its storage Clearing, after the error: out of memory"),
                fixture.harness::consoleText);
    }

    @Test
    void anUnknownStorageStatusIsNotCleared() {
        FelderaFixture fixture = new FelderaFixture(kind);
        fixture.harness.service().failEvery(request -> request.method().equals("GET"), (request, service) -> {
            var answer = service.get();
            String text = answer.bodyText().replace("\"Cleared\"", "\"ClearedInPart\"");
            return answer.withBody(text.getBytes(StandardCharsets.UTF_8));
        });
        ApiException problem = fixture.harness.run(FelderaFixture.clear()).failed(Kind.TIMED_OUT);
        assertTrue(problem.getMessage().endsWith("is Stopped, its storage ClearedInPart."), problem.getMessage());
    }

    @Test
    void aStatusOfAnyLengthIsALineThatCanBeRead() {
        FelderaFixture fixture = new FelderaFixture(kind);
        fixture.harness.service().failEvery(request -> request.method().equals("GET"), (request, service) -> {
            SimResponse answer = service.get();
            String text = answer.bodyText()
                    .replace("\"Cleared\"", "\"" + "x".repeat(1_000) + "\"")
                    .replace("_status\":\"Stopped\"", "_status\":\"" + "y".repeat(1_000) + "\"");
            return answer.withBody(text.getBytes(StandardCharsets.UTF_8));
        });
        ApiException problem = fixture.harness.run(FelderaFixture.clear()).failed(Kind.TIMED_OUT);
        assertTrue(problem.getMessage().length() < 1_000, problem.getMessage());
    }

    @Test
    void aPipelineThatIsDeletedMeanwhileIsAFailure() {
        FelderaFixture fixture = new FelderaFixture(kind);
        assertEquals(
                "UnknownPipelineName",
                fixture.harness
                        .run(FelderaFixture.clear("nobody", true, true))
                        .failed(Kind.REFUSED)
                        .code()
                        .orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stop", "/clear"})
    void lostResponsesOfStopAndClearAreLookedUp(String what) {
        for (Fault loss :
                List.of(UsualFaults.actThenCut(), UsualFaults.actThenBadGateway(), UsualFaults.actThenStall())) {
            FelderaFixture fixture = new FelderaFixture(kind);
            fixture.harness.service().failNext(request -> request.path().endsWith(what), loss);
            fixture.harness.run(FelderaFixture.stopAndClear()).succeeded();
            assertEquals(1, fixture.feldera.stops(FelderaFixture.RUNNING));
            assertEquals(1, fixture.feldera.clears(FelderaFixture.RUNNING));
            assertEquals(
                    1,
                    asked(fixture).stream().filter(line -> line.endsWith(what)).count());
        }
    }

    @Test
    void aKeyThatMayOnlyReadIsRefused() {
        FelderaFixture fixture = new FelderaFixture(kind);
        fixture.feldera.readOnlyKey();
        ApiException problem = fixture.harness.run(FelderaFixture.clear()).failed(Kind.REFUSED);
        assertTrue(problem.getMessage().endsWith("The API key needs the role write."), problem.getMessage());
    }

    private static List<String> asked(FelderaFixture fixture) {
        return fixture.harness.service().requests().stream()
                .map(Object::toString)
                .toList();
    }
}
