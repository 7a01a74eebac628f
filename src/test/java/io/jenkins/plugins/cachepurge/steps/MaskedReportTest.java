package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.cdn.ScalewayProvider;
import io.jenkins.plugins.cachepurge.freestyle.CdnPurgeBuilder;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import io.jenkins.plugins.cachepurge.report.OperationReport;
import java.nio.file.Files;
import java.util.List;
import org.jenkinsci.plugins.credentialsbinding.impl.SecretBuildWrapper;
import org.jenkinsci.plugins.credentialsbinding.impl.StringBinding;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** What a build masks on its console does not stand in clear on its page, in the REST API and in the report's file. */
@ExtendWith(SharedJenkins.class)
class MaskedReportTest {

    private static final String SECRET = "s3cr3t-of-a-path";

    private final SimulatedServices services = new SimulatedServices();
    private JenkinsRule j;

    @BeforeEach
    void introduceServices(JenkinsRule rule) throws Exception {
        j = rule;
        services.introduce();
        SimulatedServices.add(SimulatedServices.secretText("path", SECRET));
    }

    @AfterEach
    void closeServices() {
        services.close();
    }

    @Test
    void pipelineMasksWhatWithCredentialsBinds() throws Exception {
        WorkflowRun run = new PipelineJobs(j, services).run(Result.SUCCESS, """
                withCredentials([string(credentialsId: 'path', variable: 'PART')]) {
                    cdnPurge cdn: SCW, paths: ["/${PART}/a"]
                }
                """);
        j.assertLogContains("path /****/a", run);
        assertMasked(run);
    }

    @Test
    void failureIsMaskedToo() throws Exception {
        WorkflowRun run = new PipelineJobs(j, services).run(Result.FAILURE, """
                withCredentials([string(credentialsId: 'path', variable: 'PART')]) {
                    pipelineClearStorage AT_FELDERA, pipeline: "${PART}"
                }
                """);
        j.assertLogContains("pipeline ****", run);
        assertMasked(run);
    }

    @Test
    void freestyleMasksWhatABuildWrapperBinds() throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        job.getBuildWrappersList().add(new SecretBuildWrapper(List.of(new StringBinding("PART", "path"))));
        ScalewayProvider scaleway = services.scalewayProvider();
        CdnPurgeStep step = new CdnPurgeStep(scaleway);
        step.setPaths("/$PART/a");
        job.getBuildersList().add(new CdnPurgeBuilder(step));
        FreeStyleBuild build = j.buildAndAssertSuccess(job);
        assertMasked(build);
    }

    private void assertMasked(Run<?, ?> run) throws Exception {
        List<OperationReport> reports = run.getAction(CachePurgeAction.class).getOperations();
        assertEquals(1, reports.size());
        OperationReport report = reports.get(0);
        assertTrue((report.getTarget() + report.getMessage()).contains("****"), report.getMessage());
        for (String file : List.of("cache-purge.json", "build.xml", "log")) {
            assertClean(file, Files.readString(run.getRootDir().toPath().resolve(file)));
        }
        JenkinsRule.WebClient client = j.createWebClient().withJavaScriptEnabled(false);
        assertClean("page", client.getPage(run).getWebResponse().getContentAsString());
        assertClean(
                "REST",
                client.goTo(run.getUrl() + "api/json?depth=3", "application/json")
                        .getWebResponse()
                        .getContentAsString());
    }

    private static void assertClean(String where, String text) {
        assertFalse(text.contains(SECRET), () -> where + " holds the secret: " + text);
    }
}
