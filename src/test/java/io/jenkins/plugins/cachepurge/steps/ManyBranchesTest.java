package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** Steps that wait hold no thread, and a service that does not answer holds up no other. */
@ExtendWith(SharedJenkins.class)
class ManyBranchesTest {

    private static final int BRANCHES = 50;

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
    void fiftyBranchesWaitWithAHandfulOfThreads() throws Exception {
        services.scaleway.purgeTakes(Duration.ofHours(1), "done");
        jobs.succeed("cdnPurge cdn: SCW, all: true, wait: false");
        int threads = ours().size();
        WorkflowRun run = jobs.start("""
                def branches = [:]
                for (int i = 0; i < %d; i++) {
                    def path = "/branch-${i}"
                    branches[path] = { def result = cdnPurge(cdn: SCW, paths: [path]); echo "${path} is ${result.status}" }
                }
                parallel branches
                """.formatted(BRANCHES));
        Await.holds("all branches wait", () -> waiting(run) == BRANCHES);
        assertTrue(ours().size() <= threads + 4 + 8, () -> ours().toString());
        services.pass(Duration.ofHours(2));
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        for (int i = 0; i < BRANCHES; i++) {
            j.assertLogContains("/branch-%d is done".formatted(i), run);
        }
        assertEquals(BRANCHES + 3, services.scaleway.purgeRequests().size());
        List<SimRequest> polls = services.scalewayWire.requests("GET");
        long lists = polls.stream()
                .filter(poll -> poll.query("pipeline_id").isPresent())
                .count();
        assertTrue(lists > 0, "they ask together");
        assertTrue(polls.size() - lists < 2 * BRANCHES, () -> "alone: " + (polls.size() - lists));
    }

    private static long waiting(WorkflowRun run) throws Exception {
        return JenkinsRule.getLog(run)
                .lines()
                .filter(line -> line.endsWith(" is pending"))
                .count();
    }

    /** Threads that this plugin and its HTTP client have made. */
    private static List<String> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("cache-purge") || name.contains("OkHttp"))
                .toList();
    }

    @Test
    void oneServiceThatStallsHoldsUpNoOther() throws Exception {
        services.scalewayWire.failEvery(request -> true, UsualFaults.stall());
        String otherHost = services.scalewayUrl().replace("127.0.0.1", "localhost");
        List<String> approved = new ArrayList<>(services.urls());
        approved.add(otherHost);
        CachePurgeConfiguration.get().setAllowedApiUrls(approved);
        WorkflowRun stuck = jobs.start("""
                def branches = [:]
                for (int i = 0; i < %d; i++) {
                    branches["branch ${i}"] = { cdnPurge cdn: scaleway(credentialsId: 'scw', pipelineId: SCALEWAY_PIPELINE, apiUrl: '%s'), all: true }
                }
                parallel branches
                """.formatted(BRANCHES, otherHost));
        Await.holds(
                "the service has its hands full",
                () -> services.scalewayWire.requests().size() == 4);
        jobs.succeed(
                "buddyClearCache AT_BUDDY; cdnPurge cdn: GOTI, all: true; pipelineClearStorage AT_FELDERA, pipeline: 'orders'");
        assertTrue(stuck.isBuilding());
        stuck.doStop();
        j.waitForCompletion(stuck);
    }
}
