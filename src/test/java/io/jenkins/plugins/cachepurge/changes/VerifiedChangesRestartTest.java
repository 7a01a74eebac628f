package io.jenkins.plugins.cachepurge.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller is restarted while the pages of changed files are read. */
class VerifiedChangesRestartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final PurgedCache cache = new PurgedCache();
    private volatile String page = "1";
    private final FaultInjectingService website =
            new FaultInjectingService(SimService.of("website", request -> SimResponse.text(200, "text/html", page)));
    private final SimServer server = SimServer.start(website);

    @AfterEach
    void close() {
        server.close();
        cache.close();
    }

    private static WorkflowJob job(JenkinsRule j) {
        return j.jenkins.getItemByFullName("job", WorkflowJob.class);
    }

    /** Nothing is purged twice, the digests of that build count, and the baseline moves on. */
    @Test
    void theVerificationGoesOnAndTheBaselineMovesOn() throws Throwable {
        sessions.then(j -> {
            CachePurgeConfiguration.get()
                    .setAllowedApiUrls(List.of(cache.url(), server.url().toString()));
            WorkflowJob job = j.createProject(WorkflowJob.class, "job");
            job.setDefinition(new CpsFlowDefinition("""
                    node {
                        writeFile file: 'dist/a.html', text: '2'
                        def r = cdnPurge cdn: %s, changes: changedFiles(dir: 'dist', url: '%s'), verify: true
                        echo "RESULT ${r.changes} ${r.verified}"
                    }
                    """.formatted(cache.cdn(), server.url()), true));
            j.waitForMessage("not the expected version", job.scheduleBuild2(0).waitForStart());
        });
        cache.purged();
        page = "2";
        sessions.then(j -> {
            WorkflowRun run = job(j).getLastBuild();
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            j.assertLogContains("going on after a restart of Jenkins", run);
            j.assertLogContains("RESULT [added:1, changed:0, removed:0, unchanged:0] 1", run);
            assertEquals(Set.of(), cache.purged());
            WorkflowRun next = j.buildAndAssertSuccess(job(j));
            j.assertLogContains("RESULT [added:0, changed:0, removed:0, unchanged:1] 0", next);
            assertEquals(Set.of(), cache.purged());
        });
    }
}
