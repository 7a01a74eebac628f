package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Steps that wait go on after a clean restart of the controller, and submit nothing twice. */
class RestartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final SimulatedServices services = new SimulatedServices();

    @AfterEach
    void closeServices() {
        services.close();
    }

    @Test
    void whatWaitsGoesOnAndWhatWasReturnedIsKept() throws Throwable {
        WaitingStepsScenario waiting = new WaitingStepsScenario(services);
        sessions.then(j -> {
            services.introduce();
            WorkflowJob job = j.createProject(WorkflowJob.class, "job");
            job.setDefinition(new CpsFlowDefinition(waiting.jenkinsfile(), true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            waiting.awaitStalled();
            WaitingStepsScenario.awaitPolling(j, run);
            assertTrue(
                    WaitingStepsScenario.stateFiles(run).size() >= 5,
                    WaitingStepsScenario.stateFiles(run).toString());
        });
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("job", WorkflowJob.class).getLastBuild();
            WaitingStepsScenario.awaitResumed(j, run);
            waiting.awaitSentAgain();
            services.pass(Duration.ofHours(2));
            WaitingStepsScenario.assertResult(j, run);
        });
        waiting.assertNothingSubmittedTwice();
    }

    /** What is harmless is not written down before it is sent; that it is sent again is said. */
    @Test
    void whatBeginsAgainSaysSo() throws Throwable {
        CountDownLatch asked = new CountDownLatch(1);
        services.gotipathWire.failNext((request, service) -> {
            asked.countDown();
            return UsualFaults.actThenStall().apply(request, service);
        });
        sessions.then(j -> {
            services.introduce();
            WorkflowJob job = j.createProject(WorkflowJob.class, "job");
            new PipelineJobs(j, services).define(job, "cdnPurge cdn: GOTI, all: true");
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            asked.await();
            assertEquals(List.of(), WaitingStepsScenario.stateFiles(run));
        });
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("job", WorkflowJob.class).getLastBuild();
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            j.assertLogContains(
                    "Gotipath CDN purge of distribution %s: going on after a restart of Jenkins"
                            .formatted(SimulatedServices.DATA.gotipathDistributionId()),
                    run);
        });
    }

    @Test
    void aChangedApprovalCountsAfterTheRestart() throws Throwable {
        services.scaleway.purgeTakes(Duration.ofHours(1), "done");
        sessions.then(j -> {
            services.introduce();
            WorkflowJob job = j.createProject(WorkflowJob.class, "job");
            String purge =
                    "cdnPurge cdn: scaleway(credentialsId: 'scw', pipelineId: SCALEWAY_PIPELINE, apiUrl: SCALEWAY_URL), all: true";
            job.setDefinition(new CpsFlowDefinition(services.jenkinsfile(purge), true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            j.waitForMessage("is pending", run);
            CachePurgeConfiguration.get().setAllowedApiUrls(List.of());
        });
        int sent = services.requests();
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("job", WorkflowJob.class).getLastBuild();
            j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
            assertTrue(PipelineJobs.error(run).startsWith("apiUrl: '"), PipelineJobs.error(run));
        });
        assertEquals(sent, services.requests());
    }
}
