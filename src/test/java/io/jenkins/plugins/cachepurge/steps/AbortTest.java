package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** What becomes of a step, and of what it had asked for, when nobody waits for it any more. */
@ExtendWith(SharedJenkins.class)
class AbortTest {

    private static final String RUN = "buddyRunScheduled AT_BUDDY, executionId: %d, cancelOnAbort: %s";
    private static final String PURGE = "cdnPurge cdn: SCW, paths: ['/a']";

    private final SimulatedServices services = new SimulatedServices();
    private JenkinsRule j;
    private PipelineJobs jobs;

    @BeforeEach
    void introduceServices(JenkinsRule rule) throws Exception {
        j = rule;
        jobs = new PipelineJobs(j, services);
        services.introduce();
        services.buddy
                .addDelayedExecution("acme", "website", 2, 5, Instant.now().plus(Duration.ofDays(2)))
                .executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        services.scaleway.purgeTakes(Duration.ofHours(1), "done");
        services.feldera.clearingNeverEnds();
    }

    @AfterEach
    void closeServices() {
        services.close();
    }

    @Test
    void anAbortedStepEndsAndIsHeardOfNoMore() throws Exception {
        WorkflowRun run = jobs.start(
                "parallel cancels: { %s }, leaves: { %s }, purges: { %s }, clears: { pipelineClearStorage AT_FELDERA, pipeline: 'orders' }"
                        .formatted(RUN.formatted(4, true), RUN.formatted(5, false), PURGE));
        j.waitForMessage("execution 4 of pipeline 2 of acme/website is INPROGRESS", run);
        j.waitForMessage("execution 5 of pipeline 2 of acme/website is INPROGRESS", run);
        j.waitForMessage("is pending", run);
        j.waitForMessage("its storage Clearing", run);
        run.doStop();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        Await.holds("Buddy was told", () -> cancels(4) == 1);
        assertEquals(0, cancels(5));
        j.assertLogNotContains("\tat ", run);
        assertNothingUnderWay(run);
    }

    @Test
    void timeoutAndFailFastEndItTheSameWay() throws Exception {
        WorkflowRun run =
                jobs.run(Result.ABORTED, "timeout(time: 15, unit: 'SECONDS') { %s }".formatted(RUN.formatted(4, true)));
        j.assertLogContains("Timeout has been exceeded", run);
        Await.holds("Buddy was told", () -> cancels(4) == 1);
        WorkflowRun other = jobs.run(
                Result.FAILURE,
                "parallel failFast: true, waits: { %s }, fails: { error 'this one' }"
                        .formatted(RUN.formatted(5, true)));
        j.assertLogContains("this one", other);
        assertNothingUnderWay(other);
    }

    /** The step's own deadline tells Buddy as an abort does. */
    @Test
    void theDeadlineCancelsWhereThatIsWanted() throws Exception {
        WorkflowRun run = jobs.start(RUN.formatted(4, true) + ", timeout: 15");
        WorkflowRun other = jobs.start(RUN.formatted(5, false) + ", timeout: 15");
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(other));
        assertEquals(
                "Buddy execution 4 of pipeline 2 of acme/website was not over after 15 s (timeout). Last known: Buddy execution 4 of pipeline 2 of acme/website is INPROGRESS.",
                PipelineJobs.error(run));
        Await.holds("Buddy was told", () -> cancels(4) == 1);
        assertEquals(0, cancels(5));
        assertNothingUnderWay(run);
    }

    @Test
    void anAbortDuringAnExchangeGivesItUp() throws Exception {
        CountDownLatch taken = new CountDownLatch(2);
        services.buddyWire.failNext(stalling(UsualFaults.actThenStall(), taken));
        services.scalewayWire.failNext(stalling(UsualFaults.stall(), taken));
        WorkflowRun run =
                jobs.start("parallel buddy: { %s }, scaleway: { %s }".formatted(RUN.formatted(4, true), PURGE));
        assertTrue(taken.await(1, TimeUnit.MINUTES));
        run.doStop();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        Await.holds("Buddy was told", () -> cancels(4) == 1);
        assertEquals(1, services.scalewayWire.requests().size());
        assertNothingUnderWay(run);
    }

    @Test
    void anAbortCanBeCaught() throws Exception {
        WorkflowRun run = jobs.succeed("""
                try {
                    timeout(time: 2, unit: 'SECONDS') { %s }
                } catch (org.jenkinsci.plugins.workflow.steps.FlowInterruptedException e) {
                    echo "caught ${e.getClass().simpleName}"
                }
                """.formatted(PURGE));
        j.assertLogContains("caught FlowInterruptedException", run);
    }

    private static Fault stalling(Fault stall, CountDownLatch taken) {
        return (request, service) -> {
            SimResponse answer = stall.apply(request, service);
            taken.countDown();
            return answer;
        };
    }

    private int cancels(int execution) {
        return services.buddy.executionCancels("acme", "website", 2, execution);
    }

    /** While another step asks several times, nothing else is asked; and no state is left. */
    private void assertNothingUnderWay(WorkflowRun run) throws Exception {
        Await.holds(
                "no state is left", () -> WaitingStepsScenario.stateFiles(run).isEmpty());
        services.buddy.addDelayedExecution(
                "acme", "website", 2, 77, Instant.now().plus(Duration.ofDays(2)));
        services.buddyWire.clearFaults();
        int before = services.requests();
        int own = services.buddyWire
                .requests(request -> request.path().endsWith("/77"))
                .size();
        WorkflowRun other = jobs.start("buddyRunScheduled AT_BUDDY, executionId: 77");
        Await.holds(
                "the other step asked four times",
                () -> services.buddyWire
                                .requests(request -> request.path().endsWith("/77"))
                                .size()
                        >= own + 4);
        other.doStop();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(other));
        int after = services.buddyWire
                .requests(request -> request.path().endsWith("/77"))
                .size();
        assertEquals(before + after - own, services.requests());
    }
}
