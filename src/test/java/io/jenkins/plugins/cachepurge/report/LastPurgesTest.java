package io.jenkins.plugins.cachepurge.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The last purges on a job's page, and the line about them on a build's. */
@WithJenkins
class LastPurgesTest {

    private static final String SCALEWAY =
            "cdnPurge cdn: scaleway(credentialsId: 'scw', pipelineId: SCALEWAY_PIPELINE, apiUrl: SCALEWAY_URL), paths: ['/a']";
    private static final String GOTIPATH =
            "cdnPurge cdn: gotipath(credentialsId: 'goti', distributionId: DISTRIBUTION, apiUrl: GOTIPATH_URL), all: true";

    private final SimulatedServices services = new SimulatedServices();

    @AfterEach
    void closeServices() {
        services.close();
    }

    @Test
    void lastPurgeOfEachTargetIsListedAlsoWithoutItsBuild(JenkinsRule j) throws Exception {
        services.introduce();
        WorkflowJob job = j.createProject(WorkflowJob.class, "job");
        assertTrue(new LastPurges(job).isEmpty());
        WorkflowRun first = run(j, job, Result.SUCCESS, SCALEWAY + "\n" + GOTIPATH);
        assertEquals("2 caches purged", detail(first));
        services.gotipathWire.failEvery(request -> true, UsualFaults.redirectTo("https://example.org/"));
        WorkflowRun second =
                run(j, job, Result.FAILURE, SCALEWAY + ", dryRun: true\ncdnPurgeHistory" + history() + "\n" + GOTIPATH);
        assertEquals("2 operations done, 1 failed", detail(second));
        first.delete();
        List<LastPurges.Purge> purges = new LastPurges(job).list();
        assertEquals(
                List.of("Gotipath CDN FAILED 2", "Scaleway Edge Services DONE 1"),
                purges.stream()
                        .map(purge -> purge.service().english() + " " + purge.state() + " " + purge.build())
                        .toList());
    }

    @Test
    void whoMayOnlyReadTheJobSeesNoBaselines(JenkinsRule j) throws Exception {
        services.introduce();
        WorkflowJob job = j.createProject(WorkflowJob.class, "job");
        run(j, job, Result.SUCCESS, SCALEWAY);
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        String read = page(j, "reader");
        assertTrue(read.contains("path /a in one request: done"), read);
        assertFalse(read.contains("Baselines"), read);
        String administered = page(j, "admin");
        assertTrue(administered.contains("Baselines"), administered);
    }

    private static String page(JenkinsRule j, String user) throws Exception {
        HtmlPage page = j.createWebClient().login(user).goTo("job/job/cache-purge/");
        return page.asNormalizedText();
    }

    private static String history() {
        return " cdn: scaleway(credentialsId: 'scw', pipelineId: SCALEWAY_PIPELINE, apiUrl: SCALEWAY_URL)";
    }

    private static String detail(WorkflowRun run) {
        return new CachePurgeBuildDetail.Factory().createFor(run).get(0).getDisplayName();
    }

    private WorkflowRun run(JenkinsRule j, WorkflowJob job, Result expected, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(services.jenkinsfile(script), true));
        return j.buildAndAssertStatus(expected, job);
    }
}
