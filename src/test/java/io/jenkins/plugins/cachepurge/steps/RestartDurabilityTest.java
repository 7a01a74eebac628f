package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * All steps that wait, in all durability settings of Pipeline, over a clean restart and over the death of the controller.
 * Takes minutes: runs with the profile {@code reliability}.
 */
@Tag("reliability")
class RestartDurabilityTest {

    // It does not run for long enough to be compiled fully.
    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension().javaOptions("-XX:TieredStopAtLevel=1");

    private final Map<FlowDurabilityHint, SimulatedServices> services = new EnumMap<>(FlowDurabilityHint.class);

    @BeforeEach
    void startServices() {
        for (FlowDurabilityHint durability : FlowDurabilityHint.values()) {
            services.put(durability, new SimulatedServices());
        }
    }

    @AfterEach
    void closeServices() {
        services.values().forEach(SimulatedServices::close);
    }

    /** A job for each durability, each with services of its own. */
    @ParameterizedTest(name = "killed: {0}")
    @ValueSource(booleans = {true, false})
    void whatWaitsGoesOn(boolean killed) throws Throwable {
        Map<FlowDurabilityHint, WaitingStepsScenario> waiting = new EnumMap<>(FlowDurabilityHint.class);
        services.forEach((durability, own) -> waiting.put(durability, new WaitingStepsScenario(own)));
        jenkins.startJenkins();
        jenkins.runRemotely(
                RestartDurabilityTest::introduce,
                services.values().stream()
                        .flatMap(own -> own.urls().stream())
                        .collect(Collectors.toCollection(ArrayList::new)));
        for (FlowDurabilityHint durability : services.keySet()) {
            jenkins.runRemotely(
                    RestartDurabilityTest::start, waiting.get(durability).jenkinsfile(), durability.name());
        }
        for (FlowDurabilityHint durability : services.keySet()) {
            waiting.get(durability).awaitStalled();
            jenkins.runRemotely(RestartDurabilityTest::awaitPolling, durability.name());
        }
        if (killed) {
            jenkins.stopJenkinsForcibly();
        } else {
            jenkins.stopJenkins();
        }
        jenkins.startJenkins();
        for (FlowDurabilityHint durability : services.keySet()) {
            if (killed && durability == FlowDurabilityHint.PERFORMANCE_OPTIMIZED) {
                // Pipeline has written down nothing that it could go on from, and says so in Jenkins' log.
                jenkins.runRemotely(RestartDurabilityTest::assertGivenUp, durability.name());
                waiting.get(durability).assertNothingSubmittedMoreThanOnce();
                continue;
            }
            jenkins.runRemotely(RestartDurabilityTest::awaitResumed, durability.name());
            waiting.get(durability).awaitSentAgain();
            services.get(durability).pass(Duration.ofHours(2));
            jenkins.runRemotely(RestartDurabilityTest::assertResult, durability.name());
            waiting.get(durability).assertNothingSubmittedTwice();
        }
    }

    private static void introduce(JenkinsRule j, ArrayList<String> urls) throws Exception {
        SimulatedServices.introduce(urls);
    }

    private static void start(JenkinsRule j, String jenkinsfile, String durability) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, durability);
        job.addProperty(new DurabilityHintJobProperty(FlowDurabilityHint.valueOf(durability)));
        job.setDefinition(new CpsFlowDefinition(jenkinsfile, true));
        job.scheduleBuild2(0).waitForStart();
    }

    private static void awaitPolling(JenkinsRule j, String durability) throws Exception {
        WaitingStepsScenario.awaitPolling(j, run(j, durability));
    }

    private static void awaitResumed(JenkinsRule j, String durability) throws Exception {
        WaitingStepsScenario.awaitResumed(j, run(j, durability));
    }

    private static void assertResult(JenkinsRule j, String durability) throws Exception {
        WaitingStepsScenario.assertResult(j, run(j, durability));
    }

    private static void assertGivenUp(JenkinsRule j, String durability) throws Exception {
        WorkflowRun run = run(j, durability);
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
        CachePurgeAction report = run.getAction(CachePurgeAction.class);
        assertTrue(report == null || !report.isRunning(), "shown as running for ever");
    }

    private static WorkflowRun run(JenkinsRule j, String durability) {
        return j.jenkins.getItemByFullName(durability, WorkflowJob.class).getLastBuild();
    }
}
