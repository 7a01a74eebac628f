package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.simulator.CacheSimulator;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A verification goes on after a restart of the controller, and still expects what it expected before. */
class VerificationRestartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private volatile String page = "old";
    private volatile String age = "0";
    private final FaultInjectingService website = new FaultInjectingService(SimService.of(
            "website", request -> SimResponse.text(200, "text/html", page).withHeader("Age", age)));
    private final SimServer server = SimServer.start(website);

    @AfterEach
    void close() {
        server.close();
    }

    /** The file is another one after the restart: what it was when the step began counts. */
    @Test
    void theStepGoesOn() throws Throwable {
        sessions.then(j -> {
            CachePurgeConfiguration.get().setAllowedApiUrls(List.of(server.url().toString()));
            WorkflowJob job = j.createProject(WorkflowJob.class, "job");
            job.setDefinition(new CpsFlowDefinition("""
                    node {
                        writeFile file: 'page.html', text: 'new'
                        cdnVerify urls: ['%s/'], file: 'page.html'
                        echo 'verified'
                    }
                    """.formatted(server.url()), true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            j.waitForMessage("not the expected version: SHA-256", run);
            j.jenkins.getWorkspaceFor(job).child("page.html").write("changed", "UTF-8");
        });
        int before = website.requests().size();
        page = "new";
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("job", WorkflowJob.class).getLastBuild();
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            j.assertLogContains("going on after a restart of Jenkins", run);
            j.assertLogContains("the page is as expected", run);
        });
        assertTrue(website.requests().size() >= before + 2, "two good answers in a row");
    }

    /** What has been purged is not purged again; the pages are still to be newer than that purge. */
    @Test
    void thePurgeWithVerificationGoesOn() throws Throwable {
        FaultInjectingService cache = new FaultInjectingService(new CacheSimulator(CacheSimulator.Kind.VARNISH, false));
        try (SimServer cacheServer = SimServer.start(cache)) {
            age = "9000";
            sessions.then(j -> {
                CachePurgeConfiguration.get()
                        .setAllowedApiUrls(List.of(
                                server.url().toString(), cacheServer.url().toString()));
                WorkflowJob job = j.createProject(WorkflowJob.class, "job");
                job.setDefinition(new CpsFlowDefinition(
                        "echo \"verified ${cdnPurge(cdn: varnish(url: '%s'), urls: ['%s/a'], verify: true).verified}\""
                                .formatted(cacheServer.url(), server.url()),
                        true));
                j.waitForMessage(
                        "not the expected version", job.scheduleBuild2(0).waitForStart());
            });
            assertEquals(1, cache.requests().size());
            age = "0";
            sessions.then(j -> {
                WorkflowRun run =
                        j.jenkins.getItemByFullName("job", WorkflowJob.class).getLastBuild();
                j.assertBuildStatusSuccess(j.waitForCompletion(run));
                j.assertLogContains("going on after a restart of Jenkins", run);
                j.assertLogContains("verified 1", run);
            });
            assertEquals(1, cache.requests().size());
        }
    }
}
