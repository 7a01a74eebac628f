package io.jenkins.plugins.cachepurge.cdn;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Result;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SecretLeakCheck;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.simulator.CloudFrontSimulator;
import io.jenkins.plugins.cachepurge.simulator.SimAwsAccount;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.StsSimulator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** CloudFront with credentials of the plugin aws-credentials that have a role: the AWS SDK asks STS for temporary keys. */
@WithJenkins
class AwsCredentialsRoleTest {

    private static final InstantSource CLOCK = InstantSource.system();

    /** The AWS SDK's own properties; without them it asks the STS of the internet. */
    private static final String STS_URL = "aws.endpointUrlSts";

    private static final String REGION = "aws.region";

    private final SimAwsAccount account = SimAwsAccount.demo(CLOCK);
    private final CloudFrontSimulator cloudFront =
            CloudFrontSimulator.demo(CLOCK, account).invalidationTakes(Duration.ZERO);
    private final SimServer server = SimServer.start(cloudFront);
    private final SimServer sts = SimServer.start(new StsSimulator(CLOCK, account));
    private final Map<String, String> properties = Map.of(STS_URL, sts.url().toString(), REGION, "us-east-1");
    private JenkinsRule j;

    @BeforeEach
    void introduce(JenkinsRule rule) throws Exception {
        j = rule;
        properties.forEach(System::setProperty);
        CachePurgeConfiguration.get()
                .setAllowedApiUrls(List.of(server.url().toString(), sts.url().toString()));
        SimulatedServices.add(role("role", SimAwsAccount.DEMO_EXTERNAL_ID));
        SimulatedServices.add(role("refused", "another-external-id"));
    }

    private static Credentials role(String id, String externalId) {
        return new AWSCredentialsImpl(
                CredentialsScope.GLOBAL,
                id,
                SimAwsAccount.DEMO_ACCESS_KEY_ID,
                SimAwsAccount.DEMO_SECRET_KEY,
                "",
                SimAwsAccount.DEMO_ROLE,
                null,
                externalId);
    }

    @AfterEach
    void close() {
        properties.keySet().forEach(System::clearProperty);
        server.close();
        sts.close();
    }

    private WorkflowRun run(Result expected, String path, String credentialsId) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "cdnPurge paths: ['%s'], cdn: cloudFront(distributionId: '%s', credentialsId: '%s', apiUrl: '%s', stsUrl: '%s')"
                        .formatted(path, CloudFrontSimulator.DEMO_DISTRIBUTION, credentialsId, server.url(), sts.url()),
                true));
        WorkflowRun run = j.buildAndAssertStatus(expected, job);
        new SecretLeakCheck(j).assertNone(run, account.secrets());
        return run;
    }

    @Test
    void temporaryKeysOfTheRolePurge() throws Exception {
        j.assertLogContains("Completed, 1 path on the bill", run(Result.SUCCESS, "/a", "role"));
        run(Result.SUCCESS, "/b", "role");
        assertEquals(1, account.sessions());
        assertEquals(2, cloudFront.invalidations().size());
        assertThat(
                PipelineJobs.error(run(Result.FAILURE, "/c", "refused")),
                containsString("was asked to give AWS keys and failed (AccessDenied, HTTP 403)."));
        assertEquals(2, cloudFront.invalidations().size());
    }
}
