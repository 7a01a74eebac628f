package io.jenkins.plugins.cachepurge.steps;

import io.jenkins.plugins.cachepurge.SimulatedServices;
import java.time.Duration;
import java.util.ArrayList;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** Steps that wait go on after the controller was killed, and submit nothing twice. */
class ControllerKillTest {

    // It does not run for long enough to be compiled fully.
    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension().javaOptions("-XX:TieredStopAtLevel=1");

    private final SimulatedServices services = new SimulatedServices();

    @AfterEach
    void closeServices() {
        services.close();
    }

    @Test
    void whatWaitsGoesOn() throws Throwable {
        WaitingStepsScenario waiting = new WaitingStepsScenario(services);
        jenkins.startJenkins();
        jenkins.runRemotely(ControllerKillTest::start, waiting.jenkinsfile(), new ArrayList<>(services.urls()));
        waiting.awaitStalled();
        jenkins.runRemotely(ControllerKillTest::awaitPolling);
        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();
        jenkins.runRemotely(ControllerKillTest::awaitResumed);
        waiting.awaitSentAgain();
        services.pass(Duration.ofHours(2));
        jenkins.runRemotely(ControllerKillTest::assertResult);
        waiting.assertNothingSubmittedTwice();
    }

    private static void start(JenkinsRule j, String jenkinsfile, ArrayList<String> urls) throws Exception {
        SimulatedServices.introduce(urls);
        WorkflowJob job = j.createProject(WorkflowJob.class, "job");
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

    private static WorkflowRun run(JenkinsRule j) {
        return j.jenkins.getItemByFullName("job", WorkflowJob.class).getLastBuild();
    }
}
