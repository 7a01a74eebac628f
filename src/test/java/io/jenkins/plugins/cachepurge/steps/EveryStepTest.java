package io.jenkins.plugins.cachepurge.steps;

import static io.jenkins.plugins.cachepurge.SimulatedServices.DATA;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every step from a Jenkinsfile, in the sandbox: what it asks of the service, and what it returns. */
@WithJenkins
class EveryStepTest {

    private final SimulatedServices services = new SimulatedServices();
    private JenkinsRule j;

    @BeforeEach
    void introduceServices(JenkinsRule rule) throws Exception {
        j = rule;
        services.introduce();
    }

    @AfterEach
    void closeServices() {
        services.close();
    }

    @Test
    void everyStepReturnsWhatTheServiceSaid() throws Exception {
        WorkflowRun run = succeed("""
                def cleared = buddyClearCache credentialsId: 'buddy', workspace: 'acme', project: 'website', pipelineId: 2, apiUrl: BUDDY_URL
                echo "cleared ${cleared.keySet()} ${cleared.id} ${cleared.name} ${cleared.lastExecutionStatus}"
                def ran = buddyRunScheduled credentialsId: 'buddy', workspace: 'acme', project: 'website', pipelineId: '2', executionId: 4, apiUrl: BUDDY_URL
                echo "ran ${ran.keySet()} ${ran.id} ${ran.status}"
                def scw = scaleway(credentialsId: 'scw', pipelineId: SCALEWAY_PIPELINE, apiUrl: SCALEWAY_URL)
                def purged = cdnPurge cdn: scw, paths: (1..12).collect { "/page-${it}.html" }
                echo "purged ${purged.keySet()} ${purged.provider} ${purged.target} ${purged.status} ${purged.what} ${purged.count} ${purged.requests*.count} ${purged.requests*.status}"
                def one = cdnPurgeStatus cdn: scw, requestId: purged.requests[0].id
                echo "one ${one.keySet()} ${one.status} ${one.all} ${one.paths} ${one.id == purged.requests[0].id}"
                def earlier = cdnPurgeHistory cdn: scw, limit: 4
                echo "earlier ${earlier.size()} ${earlier[0].keySet()} ${earlier*.paths.sort()} ${purged.requests.every { it.id in earlier*.id }}"
                def all = cdnPurge cdn: gotipath(credentialsId: 'goti', distributionId: DISTRIBUTION, apiUrl: GOTIPATH_URL), all: true
                echo "all ${all.provider} ${all.status} ${all.what} ${all.count} ${all.requests}"
                def storage = pipelineClearStorage credentialsId: 'feldera', apiUrl: FELDERA_URL, pipeline: 'payments', stop: true
                echo "storage ${storage}"
                """);
        j.assertLogContains("cleared [id, name, url, htmlUrl, lastExecutionStatus] 2 Live mirror ", run);
        j.assertLogContains("ran [id, status, url, htmlUrl, startDate, finishDate] 4 SUCCESSFUL", run);
        j.assertLogContains(
                "purged [provider, target, status, what, count, requests, startedAt] scaleway %s done paths 12 [5, 5, 2] [done, done, done]"
                        .formatted(DATA.scalewayPipelineId()),
                run);
        j.assertLogContains("one [id, status, all, paths, createdAt, updatedAt] done false 5 true", run);
        j.assertLogContains("earlier 4 [id, status, all, paths, createdAt, updatedAt] [1, 2, 5, 5] true", run);
        j.assertLogContains("all gotipath accepted all 0 [[id:null, status:accepted, count:0]]", run);
        j.assertLogContains("storage [pipeline:payments, storageStatus:Cleared, deploymentStatus:Stopped]", run);
        assertEquals(1, services.buddy.cacheCleared("acme", "website", 2));
        assertEquals(1, services.buddy.executionStarts("acme", "website", 2, 4));
        assertEquals(1, services.gotipath.purges().size());
        assertEquals(1, services.feldera.clears("payments"));
    }

    private WorkflowRun succeed(String jenkinsfile) throws Exception {
        return run(Result.SUCCESS, jenkinsfile);
    }

    private WorkflowRun run(Result expected, String jenkinsfile) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(services.jenkinsfile(jenkinsfile), true));
        return j.buildAndAssertStatus(expected, job);
    }
}
