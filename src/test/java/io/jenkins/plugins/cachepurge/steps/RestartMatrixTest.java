package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * All steps that wait, in all durability settings of Pipeline, over a clean restart and over the death of the controller.
 * Takes minutes: runs with the profile {@code reliability}.
 */
@Tag("reliability")
class RestartMatrixTest {

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    private final SimulatedServices services = new SimulatedServices();

    @AfterEach
    void closeServices() {
        services.close();
    }

    static Stream<Arguments> matrix() {
        return Stream.of(FlowDurabilityHint.values())
                .flatMap(durability -> Stream.of(true, false).map(killed -> Arguments.of(durability, killed)));
    }

    @ParameterizedTest(name = "{0}, killed: {1}")
    @MethodSource("matrix")
    void whatWaitsGoesOn(FlowDurabilityHint durability, boolean killed) throws Throwable {
        WaitingStepsScenario waiting = new WaitingStepsScenario(services);
        jenkins.startJenkins();
        jenkins.runRemotely(
                RestartMatrixTest::start, waiting.jenkinsfile(), new ArrayList<>(services.urls()), durability.name());
        waiting.awaitStalled();
        jenkins.runRemotely(RestartMatrixTest::awaitPolling);
        if (killed) {
            jenkins.stopJenkinsForcibly();
        } else {
            jenkins.stopJenkins();
        }
        jenkins.startJenkins();
        if (killed && durability == FlowDurabilityHint.PERFORMANCE_OPTIMIZED) {
            // Pipeline has written down nothing that it could go on from, and says so in Jenkins' log.
            jenkins.runRemotely(RestartMatrixTest::assertGivenUp);
            waiting.assertNothingSubmittedMoreThanOnce();
            return;
        }
        jenkins.runRemotely(RestartMatrixTest::awaitResumed);
        waiting.awaitSentAgain();
        services.pass(Duration.ofHours(2));
        jenkins.runRemotely(RestartMatrixTest::assertResult);
        waiting.assertNothingSubmittedTwice();
    }

    private static void start(JenkinsRule j, String jenkinsfile, ArrayList<String> urls, String durability)
            throws Exception {
        SimulatedServices.introduce(urls);
        WorkflowJob job = j.createProject(WorkflowJob.class, "job");
        job.addProperty(new DurabilityHintJobProperty(FlowDurabilityHint.valueOf(durability)));
        job.setDefinition(new CpsFlowDefinition(jenkinsfile, true));
        job.scheduleBuild2(0).waitForStart();
    }

    private static void awaitPolling(JenkinsRule j) throws Exception {
        WaitingStepsScenario.awaitPolling(j, run(j));
    }

    private static void awaitResumed(JenkinsRule j) throws Exception {
        WaitingStepsScenario.awaitResumed(j, run(j));
    }

    private static void assertResult(JenkinsRule j) throws Exception {
        WaitingStepsScenario.assertResult(j, run(j));
    }

    private static void assertGivenUp(JenkinsRule j) throws Exception {
        WorkflowRun run = run(j);
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
        CachePurgeAction report = run.getAction(CachePurgeAction.class);
        assertTrue(report == null || !report.isRunning(), "shown as running for ever");
    }

    private static WorkflowRun run(JenkinsRule j) {
        return j.jenkins.getItemByFullName("job", WorkflowJob.class).getLastBuild();
    }
}
