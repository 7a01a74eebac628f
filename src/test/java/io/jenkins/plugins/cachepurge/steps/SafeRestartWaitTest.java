package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.RestartListener;
import hudson.model.Result;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.freestyle.CdnPurgeBuilder;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a safe restart waits for: for a purge of a freestyle job, and for none of a Pipeline. */
@WithJenkins
class SafeRestartWaitTest {

    private final SimulatedServices services = new SimulatedServices();
    private JenkinsRule j;

    @BeforeEach
    void introduceServices(JenkinsRule rule) throws Exception {
        j = rule;
        services.introduce();
        services.scaleway.purgeTakes(Duration.ofHours(1), "done");
    }

    @AfterEach
    void closeServices() {
        services.close();
    }

    @Test
    void aSafeRestartWaitsForFreestyleBuildsOnly() throws Exception {
        WorkflowRun pipeline = new PipelineJobs(j, services).start("cdnPurge cdn: SCW, paths: ['/a']");
        j.waitForMessage("is pending", pipeline);
        assertTrue(pipeline.isBuilding());
        assertTrue(RestartListener.isAllReady());
        FreeStyleBuild build = freestylePurge().scheduleBuild2(0).waitForStart();
        j.waitForMessage("is pending", build);
        assertFalse(RestartListener.isAllReady());
        build.doStop();
        assertEquals(Result.ABORTED, j.waitForCompletion(build).getResult());
        pipeline.doStop();
        j.waitForCompletion(pipeline);
    }

    private FreeStyleProject freestylePurge() throws Exception {
        CdnPurgeStep step = new CdnPurgeStep(services.scalewayProvider());
        step.setPaths("/b");
        FreeStyleProject job = j.createFreeStyleProject();
        job.getBuildersList().add(new CdnPurgeBuilder(step));
        return job;
    }
}
