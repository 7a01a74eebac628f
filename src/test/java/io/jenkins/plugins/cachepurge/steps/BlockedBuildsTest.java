package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.console.LineTransformationOutputStream;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Result;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.log.TaskListenerDecorator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.springframework.security.core.Authentication;

/** Builds whose credentials or consoles block hold up no other build, and no deadline, not even their own. */
@ExtendWith(SharedJenkins.class)
class BlockedBuildsTest {

    private static final int BLOCKED_BUILDS = 20;
    private static final String SLOW_CREDENTIALS = "slow-credentials";
    private static final String BLOCKED_CONSOLE = "blocked-console";

    private static volatile CountDownLatch unblocked = new CountDownLatch(0);

    private final SimulatedServices services = new SimulatedServices();
    private JenkinsRule j;
    private PipelineJobs jobs;

    @BeforeEach
    void introduceServices(JenkinsRule rule) throws Exception {
        j = rule;
        jobs = new PipelineJobs(j, services);
        services.introduce();
        unblocked = new CountDownLatch(1);
    }

    @AfterEach
    void closeServices() {
        unblocked.countDown();
        services.close();
    }

    @Test
    void unrelatedBuildTakesItsUsualTime() throws Exception {
        WorkflowJob unrelated = jobs.create("cdnPurge cdn: SCW, paths: ['/a']; buddyClearCache AT_BUDDY");
        // Classes are loaded, pages compiled.
        j.buildAndAssertSuccess(unrelated);
        long usual = fastest(unrelated);
        List<WorkflowRun> blocked = start(SLOW_CREDENTIALS);
        // Their threads stay blocked, whether or not the builds end without the line.
        List<WorkflowRun> silent = start(BLOCKED_CONSOLE);
        Thread.sleep(Duration.ofSeconds(3).toMillis());
        long now = fastest(unrelated);
        assertTrue(now <= usual * 1.2 + 100, "%d ms instead of %d ms".formatted(now, usual));
        assertTrue(blocked.stream().allMatch(WorkflowRun::isBuilding));
        assertDeadlineIsKept(jobs.create("cdnPurge cdn: GOTI, all: true, timeout: 3"), 3);
        unblocked.countDown();
        blocked.addAll(silent);
        for (WorkflowRun run : blocked) {
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
        }
    }

    /** Of the steps alone; the rest of a build is not this plugin's. */
    private long fastest(WorkflowJob job) throws Exception {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            WorkflowRun run = j.buildAndAssertSuccess(job);
            fastest = Math.min(fastest, run.getDuration());
        }
        return fastest;
    }

    @Test
    void deadlineOfABlockedBuildIsKept() throws Exception {
        assertDeadlineIsKept(job(SLOW_CREDENTIALS + "-1", "cdnPurge cdn: SCW, paths: ['/a'], timeout: 4"), 4);
        assertDeadlineIsKept(job(BLOCKED_CONSOLE + "-1", "cdnPurge cdn: GOTI, all: true, timeout: 4"), 4);
        assertEquals(2, services.scaleway.purgeRequests().size(), "only those that were there before");
    }

    /** The service that it asks for never responds. */
    private void assertDeadlineIsKept(WorkflowJob job, int seconds) throws Exception {
        services.gotipathWire.failEvery(request -> true, io.jenkins.plugins.cachepurge.simulator.UsualFaults.stall());
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        j.waitForMessage("[Pipeline] cdnPurge", run);
        long started = System.nanoTime();
        Await.holds("the step has failed", () -> JenkinsRule.getLog(run).contains("[Pipeline] End of Pipeline"));
        double took = (System.nanoTime() - started) / 1e9;
        assertTrue(
                took > seconds - 1.5 && took < seconds + 1.5, "ended after " + took + " s: " + JenkinsRule.getLog(run));
        // A console that blocks also blocks the build's end.
        if (!job.getName().startsWith(BLOCKED_CONSOLE)) {
            j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
        }
        services.gotipathWire.clearFaults();
    }

    private List<WorkflowRun> start(String prefix) throws Exception {
        List<WorkflowRun> runs = new ArrayList<>();
        for (int i = 0; i < BLOCKED_BUILDS; i++) {
            WorkflowJob job =
                    job("%s-%d".formatted(prefix, i), "cdnPurge cdn: SCW, paths: ['/%s-%d']".formatted(prefix, i));
            runs.add(job.scheduleBuild2(0).waitForStart());
        }
        return runs;
    }

    private WorkflowJob job(String name, String jenkinsfile) throws Exception {
        boolean slow = name.startsWith(SLOW_CREDENTIALS);
        String purge = slow
                ? jenkinsfile.replace(
                        "SCW", "scaleway(credentialsId: 'vault', pipelineId: SCALEWAY_PIPELINE, apiUrl: SCALEWAY_URL)")
                : jenkinsfile;
        return jobs.define(j.createProject(WorkflowJob.class, name), purge);
    }

    private static void block() {
        try {
            unblocked.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes as long as a vault that is down. */
    @TestExtension
    public static final class SlowCredentials extends CredentialsProvider {

        @NonNull
        @Override
        public <C extends Credentials> List<C> getCredentialsInItem(
                @NonNull Class<C> type,
                @NonNull Item item,
                Authentication authentication,
                @NonNull List<DomainRequirement> requirements) {
            if (!item.getName().startsWith(SLOW_CREDENTIALS) || !type.isAssignableFrom(StringCredentialsImpl.class)) {
                return List.of();
            }
            block();
            return List.of(
                    type.cast(SimulatedServices.secretText("vault", SimulatedServices.DATA.scalewaySecretKey())));
        }

        @NonNull
        @Override
        public <C extends Credentials> List<C> getCredentialsInItemGroup(
                @NonNull Class<C> type,
                @NonNull ItemGroup group,
                Authentication authentication,
                @NonNull List<DomainRequirement> requirements) {
            return List.of();
        }
    }

    /** Takes no line of this plugin's for as long as a disk that is full or gone. */
    @TestExtension
    public static final class BlockedConsoles implements TaskListenerDecorator.Factory {

        @Override
        public TaskListenerDecorator of(@NonNull FlowExecutionOwner owner) {
            try {
                return ((WorkflowRun) owner.getExecutable())
                                .getParent()
                                .getName()
                                .startsWith(BLOCKED_CONSOLE)
                        ? new BlockingDecorator()
                        : null;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static final class BlockingDecorator extends TaskListenerDecorator {

        private static final long serialVersionUID = 1L;

        @NonNull
        @Override
        public OutputStream decorate(@NonNull OutputStream logger) {
            return new LineTransformationOutputStream.Delegating(logger) {
                @Override
                protected void eol(byte[] line, int length) throws IOException {
                    if (new String(line, 0, length).startsWith("Asking ")) {
                        block();
                    }
                    out.write(line, 0, length);
                }
            };
        }
    }
}
