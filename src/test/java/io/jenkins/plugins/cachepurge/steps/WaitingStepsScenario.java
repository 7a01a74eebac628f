package io.jenkins.plugins.cachepurge.steps;

import static io.jenkins.plugins.cachepurge.SimulatedServices.DATA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * A build in which each kind of waiting step waits twice: once for the service to be done, once for the answer to a
 * submission that the service has taken. Submitting anything twice would show at the services.
 */
final class WaitingStepsScenario {

    private static final String JENKINSFILE = """
            def before = [cleared: buddyClearCache(AT_BUDDY), all: cdnPurge(cdn: GOTI, all: true)]
            before.history = cdnPurgeHistory cdn: SCW
            before.one = cdnPurgeStatus cdn: SCW, requestId: before.history[0].id
            def after = [:]
            parallel buddy: { after.buddy = buddyRunScheduled AT_BUDDY, executionId: 4 },
                buddyStalled: { after.buddyStalled = buddyRunScheduled AT_BUDDY, executionId: 5 },
                scaleway: { after.scaleway = cdnPurge cdn: SCW, paths: (1..6).collect { "/$it" } },
                scalewayStalled: { after.scalewayStalled = cdnPurge cdn: SCW, paths: ['/stalled'] },
                feldera: { after.feldera = pipelineClearStorage AT_FELDERA, pipeline: 'payments', stop: true },
                felderaStalled: { after.felderaStalled = pipelineClearStorage AT_FELDERA, pipeline: 'stalled', stop: true }
            echo "before ${before.cleared.name} ${before.all.status} ${before.all.requests*.status} ${before.history.size()} ${before.one.status}"
            echo "buddy ${after.buddy.status} ${after.buddy.id} ${after.buddyStalled.status} ${after.buddyStalled.id}"
            echo "scaleway ${after.scaleway.status} ${after.scaleway.requests*.count} ${after.scalewayStalled.status}"
            echo "feldera ${after.feldera} ${after.felderaStalled}"
            """;

    private static final List<String> POLLING = List.of(
            "Buddy execution 4 of pipeline 2 of acme/website is INPROGRESS",
            "Scaleway Edge Services purge of pipeline %s: 2 of 2 purge requests pending"
                    .formatted(DATA.scalewayPipelineId()),
            "Feldera pipeline payments is Stopping, its storage InUse");

    private static final List<String> RESUMED = List.of(
            "Buddy execution 4 of pipeline 2 of acme/website: going on after a restart of Jenkins",
            "Buddy execution 5 of pipeline 2 of acme/website: Jenkins was restarted before the response came, asking what became of the request",
            "Scaleway Edge Services purge of pipeline %s: going on after a restart of Jenkins"
                    .formatted(DATA.scalewayPipelineId()),
            "Feldera storage of pipeline payments: going on after a restart of Jenkins",
            "Feldera storage of pipeline stalled: Jenkins was restarted before the response came, asking what became of the request");

    private final SimulatedServices services;
    private final CountDownLatch stalled = new CountDownLatch(3);

    WaitingStepsScenario(SimulatedServices services) {
        this.services = services;
        services.buddy
                .addDelayedExecution("acme", "website", 2, 5, Instant.now().plus(Duration.ofDays(2)))
                .executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        services.scaleway.purgeTakes(Duration.ofHours(1), "done");
        services.feldera.addPipeline("stalled", "InUse", "Running").stoppingTakes(Duration.ofHours(1));
        services.buddyWire.failNext(sent("executions/5", ""), stalling());
        services.scalewayWire.failNext(sent("purge-requests", "/stalled"), stalling());
        services.felderaWire.failNext(sent("stalled/stop", ""), stalling());
    }

    private Fault stalling() {
        Fault stall = UsualFaults.actThenStall();
        return (request, service) -> {
            SimResponse answer = stall.apply(request, service);
            stalled.countDown();
            return answer;
        };
    }

    private static Predicate<SimRequest> sent(String path, String body) {
        return request -> !request.method().equals("GET")
                && request.path().endsWith(path)
                && request.bodyText().contains(body);
    }

    String jenkinsfile() {
        return PipelineJobs.text(services, JENKINSFILE);
    }

    /** Returns when the services have taken all that is submitted, and some answers are on their way for ever. */
    void awaitStalled() throws InterruptedException {
        assertTrue(stalled.await(2, TimeUnit.MINUTES), "the services were not asked");
    }

    static void awaitPolling(JenkinsRule j, WorkflowRun run) throws Exception {
        for (String message : POLLING) {
            j.waitForMessage(message, run);
        }
    }

    static void awaitResumed(JenkinsRule j, WorkflowRun run) throws Exception {
        for (String message : RESUMED) {
            j.waitForMessage(message, run);
        }
    }

    /** Returns when Scaleway has taken the request that is sent again: time that passes before that is none of its own. */
    void awaitSentAgain() throws Exception {
        Await.holds(
                "the paths are sent again",
                () -> services.scaleway.purgeRequests().size() == 2 + 4);
    }

    /** The same as without a restart; and no state is left behind. */
    static void assertResult(JenkinsRule j, WorkflowRun run) throws Exception {
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        j.assertLogContains("before Live mirror accepted [accepted] 2 error", run);
        j.assertLogContains("buddy SUCCESSFUL 4 SUCCESSFUL 5", run);
        j.assertLogContains("scaleway done [5, 1] done", run);
        j.assertLogContains(
                "feldera [pipeline:payments, storageStatus:Cleared, deploymentStatus:Stopped] [pipeline:stalled, storageStatus:Cleared, deploymentStatus:Stopped]",
                run);
        Await.holds("no state is left", () -> stateFiles(run).isEmpty());
    }

    /** Except what may be: Scaleway purges the same paths again without harm. */
    void assertNothingSubmittedTwice() {
        assertEquals(1, services.buddy.executionStarts("acme", "website", 2, 4));
        assertEquals(1, services.buddy.executionStarts("acme", "website", 2, 5));
        assertEquals(3, services.buddyWire.requests("PATCH").size());
        assertEquals(
                Set.of("/stalled", "/1 /2 /3 /4 /5", "/6"),
                services.scaleway.purgeRequests().stream()
                        .skip(2)
                        .map(purge -> String.join(" ", purge.assets()))
                        .collect(Collectors.toSet()));
        assertEquals(2 + 4, services.scaleway.purgeRequests().size());
        assertEquals(4, services.scalewayWire.requests("POST").size());
        assertEquals(1, services.gotipath.purges().size());
        for (String pipeline : List.of("payments", "stalled")) {
            assertEquals(1, services.feldera.stops(pipeline));
            assertEquals(1, services.feldera.clears(pipeline));
        }
    }

    /** For a build that Jenkins itself could not go on with. */
    void assertNothingSubmittedMoreThanOnce() {
        assertEquals(1, services.buddy.executionStarts("acme", "website", 2, 4));
        assertEquals(1, services.buddy.executionStarts("acme", "website", 2, 5));
        assertEquals(3, services.buddyWire.requests("PATCH").size());
        assertEquals(3, services.scalewayWire.requests("POST").size());
        assertEquals(1, services.gotipath.purges().size());
        assertEquals(2, services.felderaWire.requests("POST").size());
    }

    static List<String> stateFiles(WorkflowRun run) {
        return List.of(run.getRootDir().list()).stream()
                .filter(name -> name.startsWith("cache-purge-"))
                .toList();
    }
}
