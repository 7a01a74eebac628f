package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.simulator.CloudFrontSimulator;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimAwsAccount;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.StsSimulator;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller that is killed in the middle of invalidations goes on with them, and creates no second ones. */
class InvalidationRestartTest {

    private static final String STALLED = "stalled";
    private static final String POLLING = "polling";

    // It does not run for long enough to be compiled fully.
    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension().javaOptions("-XX:TieredStopAtLevel=1");

    private final SimAwsAccount account = SimAwsAccount.demo(InstantSource.system());
    private final CloudFrontSimulator cloudFront =
            CloudFrontSimulator.demo(InstantSource.system(), account).invalidationTakes(Duration.ofMinutes(10));
    private final FaultInjectingService wire = new FaultInjectingService(cloudFront);
    private final SimServer server = SimServer.start(wire);
    private final SimServer stsServer = SimServer.start(new StsSimulator(InstantSource.system(), account));

    @AfterEach
    void close() {
        server.close();
        stsServer.close();
    }

    private String jenkinsfile(String purge) {
        return "def purge = cdnPurge cdn: cloudFront(credentialsId: 'aws', distributionId: '%s', apiUrl: '%s', stsUrl: '%s', roleArn: '%s', externalId: '%s'), %s%necho \"ended ${purge.status}\""
                .formatted(
                        CloudFrontSimulator.DEMO_DISTRIBUTION,
                        server.url(),
                        stsServer.url(),
                        SimAwsAccount.DEMO_ROLE,
                        SimAwsAccount.DEMO_EXTERNAL_ID,
                        purge);
    }

    private ArrayList<String> urls() {
        return new ArrayList<>(List.of(server.url().toString(), stsServer.url().toString()));
    }

    /** The response of one is under way, the other one is in progress. */
    @Test
    void aKilledControllerGoesOnWithBoth() throws Throwable {
        CountDownLatch created = new CountDownLatch(1);
        wire.failNext(request -> isOf("/*", request), (request, service) -> {
            SimResponse response = UsualFaults.actThenStall().apply(request, service);
            created.countDown();
            return response;
        });
        jenkins.startJenkins();
        jenkins.runRemotely(InvalidationRestartTest::introduce, urls());
        jenkins.runRemotely(InvalidationRestartTest::start, STALLED, jenkinsfile("all: true, timeout: 3600"));
        assertTrue(created.await(2, TimeUnit.MINUTES), "nothing was created");
        jenkins.runRemotely(
                InvalidationRestartTest::start, POLLING, jenkinsfile("paths: ['/a', '/b/*'], timeout: 3600"));
        jenkins.runRemotely(InvalidationRestartTest::awaitPolling);
        jenkins.stopJenkinsForcibly();
        cloudFront.complete();
        jenkins.startJenkins();
        jenkins.runRemotely(InvalidationRestartTest::assertEnded, STALLED);
        jenkins.runRemotely(InvalidationRestartTest::assertEnded, POLLING);
        assertEquals(2, cloudFront.invalidations().size());
        assertEquals(2, posts("/*"), "CloudFront recognizes the repeat");
        assertEquals(1, posts("/a"));
        assertEquals(3, wire.requests("POST").size());
    }

    private static boolean isOf(String path, SimRequest request) {
        return request.method().equals("POST") && request.bodyText().contains("<Path>%s</Path>".formatted(path));
    }

    private int posts(String path) {
        return wire.requests(request -> isOf(path, request)).size();
    }

    private static void introduce(JenkinsRule j, ArrayList<String> urls) throws Exception {
        CachePurgeConfiguration.get().setAllowedApiUrls(urls);
        SimulatedServices.add(SimulatedServices.usernamePassword(
                "aws", SimAwsAccount.DEMO_ACCESS_KEY_ID, SimAwsAccount.DEMO_SECRET_KEY));
    }

    private static void start(JenkinsRule j, String name, String jenkinsfile) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(jenkinsfile, true));
        job.scheduleBuild2(0).waitForStart();
    }

    private static void awaitPolling(JenkinsRule j) throws Exception {
        j.waitForMessage("is InProgress", run(j, POLLING));
    }

    private static void assertEnded(JenkinsRule j, String name) throws Exception {
        WorkflowRun run = run(j, name);
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        j.assertLogContains("going on after a restart of Jenkins", run);
        j.assertLogContains("ended Completed", run);
    }

    private static WorkflowRun run(JenkinsRule j, String name) {
        return j.jenkins.getItemByFullName(name, WorkflowJob.class).getLastBuild();
    }
}
