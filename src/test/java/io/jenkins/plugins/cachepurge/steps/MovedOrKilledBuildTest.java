package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Items;
import hudson.model.Result;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import io.jenkins.plugins.cachepurge.report.OperationReport;
import io.jenkins.plugins.cachepurge.report.ReportStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** What happens to a build while a step of it waits: it is moved or killed, or its files cannot be written. */
@ExtendWith(SharedJenkins.class)
class MovedOrKilledBuildTest {

    private final SimulatedServices services = new SimulatedServices();
    private JenkinsRule j;
    private PipelineJobs jobs;

    @BeforeEach
    void introduceServices(JenkinsRule rule) throws Exception {
        j = rule;
        jobs = new PipelineJobs(j, services);
        services.introduce();
    }

    @AfterEach
    void closeServices() {
        services.close();
    }

    @Test
    void movedJobIsPurgedAndReported() throws Exception {
        services.feldera.stoppingTakes(Duration.ofHours(1));
        services.scaleway.purgeTakes(Duration.ofHours(1), "done");
        WorkflowJob job = jobs.define(
                j.createProject(WorkflowJob.class, "moving"),
                "parallel a: { pipelineClearStorage AT_FELDERA, pipeline: 'payments', stop: true }, b: { cdnPurge cdn: SCW, paths: ['/a'] }");
        Folder folder = j.createProject(Folder.class, "folder");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        j.waitForMessage("is Stopping", run);
        j.waitForMessage("is pending", run);
        Path before = run.getRootDir().toPath();
        WorkflowJob moved = Items.move(job, folder);
        services.pass(Duration.ofHours(2));
        WorkflowRun same = moved.getLastBuild();
        j.assertBuildStatusSuccess(j.waitForCompletion(same));
        assertFalse(Files.exists(before.resolve("cache-purge.json")));
        List<OperationReport> reports = same.getAction(CachePurgeAction.class).getOperations();
        assertEquals(2, reports.size());
        assertTrue(reports.stream().allMatch(report -> report.getState() == ReportStatus.DONE));
        assertTrue(Files.size(same.getRootDir().toPath().resolve("cache-purge.json")) > 100);
        assertEquals(1, services.feldera.clears("payments"));
    }

    @Test
    void killedBuildSendsNothingMore() throws Exception {
        services.scaleway.purgeTakes(Duration.ofHours(1), "done");
        services.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        WorkflowRun run = jobs.start(
                "parallel a: { cdnPurge cdn: SCW, paths: ['/a'] }, b: { buddyRunScheduled AT_BUDDY, executionId: 4, cancelOnAbort: true }");
        j.waitForMessage("is pending", run);
        j.waitForMessage("is INPROGRESS", run);
        run.doKill();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        // The last request cancels Buddy's execution.
        Await.holds(
                "the execution is cancelled",
                () -> services.buddyWire.requests("PATCH").size() == 2);
        Thread.sleep(Duration.ofSeconds(1).toMillis());
        int sent = services.requests();
        Thread.sleep(Duration.ofSeconds(6).toMillis());
        assertEquals(sent, services.requests());
        for (OperationReport report : run.getAction(CachePurgeAction.class).getOperations()) {
            assertEquals(ReportStatus.ABORTED, report.getState());
        }
    }

    @Test
    void reportThatCannotBeWrittenFailsNoStep() throws Exception {
        WorkflowJob job = jobs.create("sleep 1; cdnPurge cdn: SCW, paths: ['/a']; cdnPurge cdn: GOTI, all: true");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        // A directory takes the place of the file.
        Files.createDirectories(run.getRootDir().toPath().resolve("cache-purge.json/in-the-way"));
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        List<OperationReport> reports = run.getAction(CachePurgeAction.class).getOperations();
        assertEquals(
                List.of(ReportStatus.DONE, ReportStatus.DONE),
                reports.stream().map(OperationReport::getState).toList());
        assertTrue(j.createWebClient()
                .withJavaScriptEnabled(false)
                .getPage(run)
                .asNormalizedText()
                .contains("Scaleway Edge Services"));
    }
}
