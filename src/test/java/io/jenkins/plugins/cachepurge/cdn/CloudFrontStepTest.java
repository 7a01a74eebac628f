package io.jenkins.plugins.cachepurge.cdn;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SecretLeakCheck;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.simulator.CloudFrontSimulator;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.RecordedInvalidation;
import io.jenkins.plugins.cachepurge.simulator.SimAwsAccount;
import io.jenkins.plugins.cachepurge.simulator.SimIdTokenIssuer;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.StsSimulator;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** CloudFront in a real Jenkins: keys, roles, id tokens, history, the form, and no secret in any file. */
@ExtendWith(SharedJenkins.class)
class CloudFrontStepTest {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final String KEYLESS = "arn:aws:iam::123456789012:role/keyless";

    private final SimAwsAccount account = SimAwsAccount.demo(CLOCK);
    private final CloudFrontSimulator cloudFront =
            CloudFrontSimulator.demo(CLOCK, account).invalidationTakes(Duration.ZERO);
    private final FaultInjectingService wire = new FaultInjectingService(cloudFront);
    private final FaultInjectingService stsWire = new FaultInjectingService(new StsSimulator(CLOCK, account));
    private final SimServer server = SimServer.start(wire);
    private final SimServer stsServer = SimServer.start(stsWire);
    private final SimIdTokenIssuer jenkinsIssuer =
            new SimIdTokenIssuer("https://jenkins.example.org/oidc", "sts.amazonaws.com", CLOCK);
    private final String idToken = jenkinsIssuer.token("https://jenkins.example.org/job/www/");
    private JenkinsRule j;

    @BeforeEach
    void introduce(JenkinsRule rule) throws Exception {
        j = rule;
        account.addRole(KEYLESS, jenkinsIssuer, ".*/job/www/");
        CachePurgeConfiguration.get()
                .setAllowedApiUrls(
                        List.of(server.url().toString(), stsServer.url().toString()));
        SimulatedServices.add(SimulatedServices.usernamePassword(
                "aws", SimAwsAccount.DEMO_ACCESS_KEY_ID, SimAwsAccount.DEMO_SECRET_KEY));
        SimulatedServices.add(SimulatedServices.secretText("oidc", idToken));
        SimulatedServices.add(SimulatedServices.secretText("text", "no-id-token"));
    }

    @AfterEach
    void close() {
        server.close();
        stsServer.close();
    }

    private String cdn(String parameters) {
        return "cloudFront(distributionId: '%s', apiUrl: '%s', stsUrl: '%s', %s)"
                .formatted(CloudFrontSimulator.DEMO_DISTRIBUTION, server.url(), stsServer.url(), parameters);
    }

    private WorkflowRun run(Result expected, String jenkinsfile) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(jenkinsfile, true));
        return j.buildAndAssertStatus(expected, job);
    }

    private String error(String parameters) throws Exception {
        return PipelineJobs.error(run(Result.FAILURE, "cdnPurge all: true, cdn: " + cdn(parameters)));
    }

    private void assertNoSecrets(WorkflowRun run) throws Exception {
        List<String> secrets = new ArrayList<>(account.secrets());
        secrets.add(idToken);
        secrets.add(idToken.substring(idToken.lastIndexOf('.') + 1));
        new SecretLeakCheck(j).assertNone(run, secrets);
    }

    @Test
    void purgesAndShowsWhatItPurged() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, """
                def cdn = %s
                def purge = cdnPurge cdn: cdn, paths: ['/a', '/blog/*']
                echo "purged ${purge.count} ${purge.status} ${purge.requests.size()}"
                cdnPurge cdn: cdn, all: true
                def earlier = cdnPurgeHistory cdn: cdn, limit: 5
                echo "newest ${earlier[0].all} ${earlier[1].paths} ${earlier[1].id == purge.requests[0].id}"
                echo "one ${cdnPurgeStatus(cdn: cdn, requestId: purge.requests[0].id).status}"
                """.formatted(cdn("credentialsId: 'aws'")));
        j.assertLogContains("purged 2 Completed 1", run);
        j.assertLogContains("newest true 2 true", run);
        j.assertLogContains("one Completed", run);
        j.assertLogContains("Completed, 2 paths on the bill", run);
        assertNoSecrets(run);
    }

    /** CloudFront allows a star at the end of a path only. */
    @Test
    void aFileWithAStarInItsNameIsPurgedWithItsDirectory() throws Exception {
        run(Result.SUCCESS, """
                def cdn = %s
                node {
                  writeFile file: 'dist/blog/a.html', text: '1'
                  cdnPurge cdn: cdn, changes: changedFiles(dir: 'dist', first: 'nothing')
                  writeFile file: 'dist/blog/a*b.html', text: '1'
                  cdnPurge cdn: cdn, changes: changedFiles('dist')
                }
                """.formatted(cdn("credentialsId: 'aws'")));
        assertEquals(
                List.of(List.of("/blog/*")),
                cloudFront.invalidations().stream()
                        .map(RecordedInvalidation::items)
                        .toList());
    }

    @Test
    void keysOfARoleAreSharedByAllBranches() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, """
                def cdn = { %s }
                def branches = [:]
                for (int i = 0; i < 10; i++) {
                    def path = "/${i}"
                    branches[path] = { cdnPurge cdn: cdn(), paths: [path] }
                }
                parallel branches
                """.formatted(cdn("credentialsId: 'aws', roleArn: '%s', externalId: '%s'"
                .formatted(SimAwsAccount.DEMO_ROLE, SimAwsAccount.DEMO_EXTERNAL_ID))));
        assertEquals(10, cloudFront.invalidations().size());
        assertEquals(1, account.sessions());
        assertNoSecrets(run);
    }

    @Test
    void anIdTokenNeedsNoStoredKeys() throws Exception {
        WorkflowRun run = run(
                Result.SUCCESS,
                "cdnPurge all: true, cdn: " + cdn("credentialsId: 'oidc', roleArn: '%s'".formatted(KEYLESS)));
        assertEquals(1, cloudFront.invalidations().size());
        assertNoSecrets(run);
    }

    @Test
    void aTenantIsPurgedAlone() throws Exception {
        run(
                Result.SUCCESS,
                "cdnPurge all: true, cdn: "
                        + cdn("credentialsId: 'aws', tenantId: '%s'".formatted(CloudFrontSimulator.DEMO_TENANT)));
        assertEquals(
                CloudFrontSimulator.DEMO_TENANT,
                cloudFront.invalidations().get(0).target());
    }

    @Test
    void nothingIsSentWithWrongParameters() throws Exception {
        assertEquals(
                "roleArn: must be the ARN of a role, such as arn:aws:iam::123456789012:role/purge, but was 'purge'",
                error("credentialsId: 'aws', roleArn: 'purge'"));
        assertEquals(
                "externalId: belongs to a role, so roleArn must be given, too",
                error("credentialsId: 'aws', externalId: 'x1'"));
        assertThat(error("credentialsId: 'aws', tenantId: 'x'"), containsString("tenantId: must be the ID"));
        assertEquals(
                "roleArn: is required; 'oidc' is a \"Secret text\", whose id token gets temporary keys of a role",
                error("credentialsId: 'oidc'"));
        assertEquals(
                "externalId: cannot be used with the id token of 'oidc'; the role's trust policy checks its subject instead",
                error("credentialsId: 'oidc', externalId: 'x1', roleArn: '%s'".formatted(KEYLESS)));
        assertEquals(
                "credentialsId: 'text' cannot be used: the secret is not an OIDC id token (a JWT with the claim iss)",
                error("credentialsId: 'text', roleArn: '%s'".formatted(KEYLESS)));
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of(server.url().toString()));
        assertThat(
                error("credentialsId: 'aws'"),
                containsString(
                        "stsUrl: '%s' is neither a URL of the API of AWS STS nor approved".formatted(stsServer.url())));
        assertEquals(List.of(), wire.requests());
        assertEquals(List.of(), stsWire.requests());
    }

    /** A service that repeats what it was sent shows no secret. */
    @Test
    void echoedSecretsAreHidden() throws Exception {
        String role = "credentialsId: 'aws', roleArn: '%s', externalId: '%s'"
                .formatted(SimAwsAccount.DEMO_ROLE, SimAwsAccount.DEMO_EXTERNAL_ID);
        for (String header : List.of("Authorization", "X-Amz-Security-Token")) {
            wire.failEvery(request -> request.header(header).isPresent(), UsualFaults.echoing(header, 403));
            WorkflowRun run = run(Result.FAILURE, "cdnPurge all: true, cdn: " + cdn(role));
            j.assertLogContains("****", run);
            assertNoSecrets(run);
            String sent = wire.requests()
                    .get(wire.requests().size() - 1)
                    .header("Authorization")
                    .orElseThrow();
            new SecretLeakCheck(j).assertNone(run, sent.substring(sent.indexOf("Signature=") + 10));
            wire.clearFaults();
        }
        stsWire.failEvery(
                request -> true, (request, service) -> SimResponse.text(403, "text/plain", request.bodyText()));
        assertNoSecrets(run(
                Result.FAILURE,
                "cdnPurge all: true, cdn: " + cdn("credentialsId: 'oidc', roleArn: '%s'".formatted(KEYLESS))));
    }

    @Test
    void testsTheConnectionAndOnlyReads() {
        CloudFrontProvider.DescriptorImpl form = j.jenkins.getDescriptorByType(CloudFrontProvider.DescriptorImpl.class);
        ok(
                "Connected as arn:aws:iam::123456789012:user/jenkins: distribution EDFDVBD6EXAMPLE, no invalidations yet",
                form,
                "aws",
                CloudFrontSimulator.DEMO_DISTRIBUTION,
                "",
                "",
                "");
        cloudFront.addInvalidation(
                CloudFrontSimulator.DEMO_DISTRIBUTION,
                List.of("/a"),
                Instant.parse("2026-03-01T12:00:00Z"),
                Instant.EPOCH);
        ok(
                "Connected as arn:aws:sts::123456789012:assumed-role/cache-purge/jenkins-cache-purge: distribution EDFDVBD6EXAMPLE, last invalidation 2026-03-01T12:00:00Z",
                form,
                "aws",
                CloudFrontSimulator.DEMO_DISTRIBUTION,
                "",
                SimAwsAccount.DEMO_ROLE,
                SimAwsAccount.DEMO_EXTERNAL_ID);
        account.revokeSessions();
        ok(
                "Connected as arn:aws:sts::123456789012:assumed-role/cache-purge/jenkins-cache-purge: distribution tenant dt_2wjMUbg3NHZEQ7OfoalP5zi1AB, no invalidations yet",
                form,
                "aws",
                "",
                CloudFrontSimulator.DEMO_TENANT,
                SimAwsAccount.DEMO_ROLE,
                SimAwsAccount.DEMO_EXTERNAL_ID);
        error("NoSuchDistribution", form, "aws", "EOTHER00EXAMPLE", "", "");
        account.deny("cloudfront:ListInvalidations");
        error(
                "Allow cloudfront:ListInvalidations on the distribution EDFDVBD6EXAMPLE in the IAM policy of the keys.",
                form,
                "aws",
                CloudFrontSimulator.DEMO_DISTRIBUTION,
                "",
                "");
        assertTrue(wire.requests().stream().allMatch(request -> request.method().equals("GET")));
        assertEquals(1, cloudFront.invalidations().size());
    }

    private FormValidation test(
            CloudFrontProvider.DescriptorImpl form,
            String credentials,
            String distribution,
            String tenant,
            String role,
            String externalId) {
        return form.doTestConnection(
                null,
                credentials,
                distribution,
                tenant,
                role,
                externalId,
                server.url().toString(),
                stsServer.url().toString());
    }

    private void ok(
            String message,
            CloudFrontProvider.DescriptorImpl form,
            String credentials,
            String distribution,
            String tenant,
            String role,
            String externalId) {
        FormValidation found = test(form, credentials, distribution, tenant, role, externalId);
        assertEquals(FormValidation.Kind.OK, found.kind, found.getMessage());
        assertEquals(message, found.getMessage());
    }

    private void error(
            String part,
            CloudFrontProvider.DescriptorImpl form,
            String credentials,
            String distribution,
            String tenant,
            String role) {
        FormValidation found = test(form, credentials, distribution, tenant, role, "");
        assertEquals(FormValidation.Kind.ERROR, found.kind, found.getMessage());
        assertThat(found.getMessage(), containsString(part));
    }

    @Test
    void checksTheFieldsOfItsForm() throws Exception {
        CloudFrontProvider.DescriptorImpl form = j.jenkins.getDescriptorByType(CloudFrontProvider.DescriptorImpl.class);
        assertEquals(FormValidation.Kind.OK, form.doCheckDistributionId(null, "EDFDVBD6EXAMPLE", "").kind);
        assertEquals(
                FormValidation.Kind.OK, form.doCheckDistributionId(null, "", CloudFrontSimulator.DEMO_TENANT).kind);
        assertEquals(FormValidation.Kind.WARNING, form.doCheckDistributionId(null, "", "").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckTenantId(null, "").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckTenantId(null, "x").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckRoleArn(null, "").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckRoleArn(null, "x").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckExternalId(null, "x1", "").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckExternalId(null, "x1", KEYLESS).kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckStsUrl(null, "").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckStsUrl(null, "https://sts.amazonaws.com").kind);
        assertEquals(
                FormValidation.Kind.ERROR,
                form.doCheckStsUrl(j.createFreeStyleProject(), "https://sts.example.org").kind);
        assertEquals(
                FormValidation.Kind.OK,
                form.doCheckStsUrl(null, "https://sts.example.org").kind,
                "an administrator may enter any URL for a site");
        assertEquals(4, form.doFillCredentialsIdItems(null, "", "").size());
    }
}
