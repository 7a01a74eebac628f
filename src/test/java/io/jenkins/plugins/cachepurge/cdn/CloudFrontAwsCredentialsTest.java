package io.jenkins.plugins.cachepurge.cdn;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.auth.AWSCredentials;
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.jenkins.plugins.awscredentials.BaseAmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import hudson.ExtensionList;
import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SecretLeakCheck;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.simulator.CloudFrontSimulator;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimAwsAccount;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.StsSimulator;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** CloudFront with credentials of the plugin aws-credentials: its own, and some that block or fail. */
@ExtendWith(SharedJenkins.class)
class CloudFrontAwsCredentialsTest {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final String SESSION_KEY_ID = "ASIA0SESSION0EXAMPLE";
    private static final String SESSION_SECRET = "session/secret+access/key/EXAMPLEEXAMPLE";
    private static final String SESSION_TOKEN = "FwoGZXIvYXdzEXAMPLE//session+token==";

    private final SimAwsAccount account =
            SimAwsAccount.demo(CLOCK).addSession(SESSION_KEY_ID, SESSION_SECRET, SESSION_TOKEN);
    private final CloudFrontSimulator cloudFront =
            CloudFrontSimulator.demo(CLOCK, account).invalidationTakes(Duration.ZERO);
    private final FaultInjectingService wire = new FaultInjectingService(cloudFront);
    private final SimServer server = SimServer.start(wire);
    private final SimServer stsServer = SimServer.start(new StsSimulator(CLOCK, account));
    private JenkinsRule j;

    /** How credentials respond when they are asked for their keys. */
    private enum Behavior {
        NONE {
            @Override
            AwsCredentials respond() {
                return null;
            }
        },
        UNREACHABLE {
            @Override
            AwsCredentials respond() {
                throw SdkClientException.create("no connection with " + SESSION_SECRET);
            }
        },
        REFUSED {
            @Override
            AwsCredentials respond() {
                throw AwsServiceException.builder()
                        .message("not with " + SESSION_SECRET)
                        .statusCode(403)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("AccessDenied")
                                .errorMessage("not with " + SESSION_SECRET)
                                .build())
                        .build();
            }
        },
        DEFECT {
            @Override
            AwsCredentials respond() {
                throw new IllegalStateException("not with " + SESSION_SECRET);
            }
        },
        UNFIT {
            @Override
            AwsCredentials respond() {
                return AwsBasicCredentials.create("short", SESSION_SECRET);
            }
        },
        EXPIRED {
            @Override
            AwsCredentials respond() {
                return session(Instant.now().minusSeconds(1));
            }
        },
        SESSION {
            @Override
            AwsCredentials respond() {
                return session(Instant.now().plusSeconds(3600));
            }
        },
        BLOCKS {
            @Override
            AwsCredentials respond() {
                await(TestCredentials.Descriptor.get().released);
                return session(Instant.now().plusSeconds(3600));
            }
        };

        abstract AwsCredentials respond();

        private static AwsCredentials session(Instant expiration) {
            return AwsSessionCredentials.builder()
                    .accessKeyId(SESSION_KEY_ID)
                    .secretAccessKey(SESSION_SECRET)
                    .sessionToken(SESSION_TOKEN)
                    .expirationTime(expiration)
                    .build();
        }

        private static void await(CountDownLatch latch) {
            try {
                assertTrue(latch.await(2, TimeUnit.MINUTES), "never released");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** Credentials of another plugin that implement the interface of aws-credentials. */
    public static final class TestCredentials extends BaseAmazonWebServicesCredentials {

        private static final long serialVersionUID = 1L;

        private final Behavior behavior;

        TestCredentials(Behavior behavior) {
            super(CredentialsScope.GLOBAL, behavior.name(), "");
            this.behavior = behavior;
        }

        @Override
        public AwsCredentials resolveCredentials() {
            Descriptor.get().asked.incrementAndGet();
            return behavior.respond();
        }

        @Override
        public AwsCredentials resolveCredentials(String mfaToken) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AWSCredentials getCredentials() {
            throw new UnsupportedOperationException();
        }

        @Override
        public AWSCredentials getCredentials(String mfaToken) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void refresh() {}

        @Override
        public String getDisplayName() {
            return "keys of another plugin";
        }

        /** Descriptor, with what tests want to know. */
        @TestExtension
        public static final class Descriptor extends BaseStandardCredentialsDescriptor {

            private final AtomicInteger asked = new AtomicInteger();
            private volatile CountDownLatch released = new CountDownLatch(1);

            /** As if no test had been before. */
            void reset() {
                asked.set(0);
                released = new CountDownLatch(1);
            }

            static Descriptor get() {
                return ExtensionList.lookupSingleton(Descriptor.class);
            }
        }
    }

    @BeforeEach
    void introduce(JenkinsRule rule) throws Exception {
        j = rule;
        CachePurgeConfiguration.get()
                .setAllowedApiUrls(
                        List.of(server.url().toString(), stsServer.url().toString()));
        SimulatedServices.add(keys("aws"));
        TestCredentials.Descriptor.get().reset();
        for (Behavior behavior : Behavior.values()) {
            SimulatedServices.add(new TestCredentials(behavior));
        }
    }

    private static Credentials keys(String id) {
        return new AWSCredentialsImpl(
                CredentialsScope.GLOBAL, id, SimAwsAccount.DEMO_ACCESS_KEY_ID, SimAwsAccount.DEMO_SECRET_KEY, "");
    }

    @AfterEach
    void close() {
        server.close();
        stsServer.close();
    }

    private String purge(String path, String parameters) {
        return "cdnPurge paths: ['%s'], cdn: cloudFront(distributionId: '%s', apiUrl: '%s', stsUrl: '%s', %s)"
                .formatted(path, CloudFrontSimulator.DEMO_DISTRIBUTION, server.url(), stsServer.url(), parameters);
    }

    private static String credentials(Behavior behavior) {
        return "credentialsId: '%s'".formatted(behavior);
    }

    private static String role() {
        return ", roleArn: '%s', externalId: '%s'".formatted(SimAwsAccount.DEMO_ROLE, SimAwsAccount.DEMO_EXTERNAL_ID);
    }

    private WorkflowJob job(String jenkinsfile) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(jenkinsfile, true));
        return job;
    }

    private WorkflowRun run(Result expected, String jenkinsfile) throws Exception {
        WorkflowRun run = j.buildAndAssertStatus(expected, job(jenkinsfile));
        new SecretLeakCheck(j).assertNone(run, account.secrets());
        return run;
    }

    private String error(Behavior behavior) throws Exception {
        return PipelineJobs.error(run(Result.FAILURE, purge("/a", credentials(behavior))));
    }

    private static int asked() {
        return TestCredentials.Descriptor.get().asked.get();
    }

    @Test
    void keysOfThePluginPurge() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, purge("/a", "credentialsId: 'aws'"));
        j.assertLogContains("Completed, 1 path on the bill", run);
        Credentials used =
                SystemCredentialsProvider.getInstance().getCredentials().get(0);
        assertThat(
                CredentialsProvider.getFingerprintOf(used).getUsages().keySet(),
                hasItem(run.getParent().getFullName()));
        run(Result.SUCCESS, purge("/b", "credentialsId: 'aws'" + role()));
        assertEquals(1, account.sessions());
        assertEquals(2, cloudFront.invalidations().size());
    }

    @Test
    void temporaryKeysAreSharedByAllOperationsAndAskedForAgainOnceTheyAreRefused() throws Exception {
        String jenkinsfile =
                """
                def branches = [:]
                for (int i = 0; i < 10; i++) {
                    def path = "/${i}"
                    branches[path] = { %s }
                }
                parallel branches
                """.formatted(purge("/x", credentials(Behavior.SESSION)).replace("'/x'", "path"));
        run(Result.SUCCESS, jenkinsfile);
        run(Result.SUCCESS, purge("/b", credentials(Behavior.SESSION) + role()));
        assertEquals(1, asked());
        account.revokeSessions();
        assertThat(error(Behavior.SESSION), containsString("InvalidClientTokenId"));
        assertEquals(2, asked());
        account.addSession(SESSION_KEY_ID, SESSION_SECRET, SESSION_TOKEN);
        run(Result.SUCCESS, purge("/c", credentials(Behavior.SESSION)));
    }

    @Test
    void credentialsThatBlockHoldUpNobodyElse() throws Exception {
        StringBuilder branches = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            branches.append("'%d': { %s },%n".formatted(i, purge("/" + i, credentials(Behavior.BLOCKS))));
        }
        WorkflowRun run = job("""
                parallel(%s other: {
                    %s
                    echo 'not held up'
                })
                """.formatted(branches, purge("/other", "credentialsId: 'aws'")))
                .scheduleBuild2(0)
                .waitForStart();
        j.waitForMessage("not held up", run);
        assertEquals(1, cloudFront.invalidations().size());
        TestCredentials.Descriptor.get().released.countDown();
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        assertEquals(1, asked());
        assertEquals(7, cloudFront.invalidations().size());
    }

    @Test
    void whatThePluginFailsWithIsOneLine() throws Exception {
        assertEquals(
                "The plugin aws-credentials was asked to give AWS keys and gave none. Enter an access key or a role in these credentials: they do not use the keys of the machine.",
                error(Behavior.NONE));
        assertEquals(
                "The plugin aws-credentials was asked to give AWS keys and failed (AccessDenied, HTTP 403). Check the access key and the role in these credentials.",
                error(Behavior.REFUSED));
        assertEquals(
                "The plugin aws-credentials was asked to give AWS keys and failed (IllegalStateException).",
                error(Behavior.DEFECT));
        for (Behavior unfit : List.of(Behavior.UNFIT, Behavior.EXPIRED)) {
            assertEquals(
                    "The plugin aws-credentials was asked to give AWS keys and gave keys that cannot be used. They have expired already, or are not those of AWS.",
                    error(unfit));
        }
        SimulatedServices.add(new AWSCredentialsImpl(
                CredentialsScope.GLOBAL,
                "mfa",
                SimAwsAccount.DEMO_ACCESS_KEY_ID,
                SimAwsAccount.DEMO_SECRET_KEY,
                "",
                SimAwsAccount.DEMO_ROLE,
                "arn:aws:iam::123456789012:mfa/jenkins"));
        assertEquals(
                "The plugin aws-credentials was asked to give AWS keys and cannot: their role requires the token of an MFA device. Nobody can enter it in a build. Use credentials without such a device.",
                PipelineJobs.error(run(Result.FAILURE, purge("/a", "credentialsId: 'mfa'"))));
        assertEquals(List.of(), wire.requests());
    }

    @Test
    void domainsHold() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getDomainCredentialsMap()
                .put(
                        new Domain("other", "", List.of(new HostnameSpecification("aws.example.org", ""))),
                        new ArrayList<>(List.of(keys("limited"))));
        SystemCredentialsProvider.getInstance().save();
        assertEquals(
                "credentialsId: 'limited' belongs to a domain that does not include " + server.url(),
                PipelineJobs.error(run(Result.FAILURE, purge("/a", "credentialsId: 'limited'"))));
        assertThat(
                PipelineJobs.error(run(Result.FAILURE, purge("/a", "credentialsId: 'missing-one'"))),
                containsString("of a \"Username with password\", \"AWS Credentials\" or a \"Secret text\" in"));
    }

    /** A service that repeats what it was sent shows no secret. */
    @Test
    void echoedSecretsAreHidden() throws Exception {
        for (String header : List.of("Authorization", "X-Amz-Security-Token")) {
            wire.failEvery(request -> request.header(header).isPresent(), UsualFaults.echoing(header, 403));
            j.assertLogContains("****", run(Result.FAILURE, purge("/a", credentials(Behavior.SESSION))));
            wire.clearFaults();
        }
    }

    @Test
    void theFormListsAndTestsThem() {
        CloudFrontProvider.DescriptorImpl form = j.jenkins.getDescriptorByType(CloudFrontProvider.DescriptorImpl.class);
        List<String> ids = form.doFillCredentialsIdItems(null, "", "").stream()
                .map(option -> option.value)
                .toList();
        assertThat(ids, hasItem("aws"));
        assertThat(ids, hasItem("SESSION"));
        assertEquals(
                "Connected as arn:aws:iam::123456789012:user/jenkins: distribution EDFDVBD6EXAMPLE, no invalidations yet",
                test(form, FormValidation.Kind.OK, "aws", ""));
        assertThat(
                test(form, FormValidation.Kind.OK, "aws", SimAwsAccount.DEMO_ROLE),
                containsString("assumed-role/cache-purge/jenkins-cache-purge"));
        assertThat(test(form, FormValidation.Kind.OK, "SESSION", ""), containsString("assumed-role/cache-purge/other"));
        assertThat(test(form, FormValidation.Kind.ERROR, "NONE", ""), containsString("and gave none."));
        assertThat(
                test(form, FormValidation.Kind.ERROR, "UNREACHABLE", ""),
                containsString("and failed (SdkClientException)."));
    }

    private String test(CloudFrontProvider.DescriptorImpl form, FormValidation.Kind expected, String id, String role) {
        FormValidation found = form.doTestConnection(
                null,
                id,
                CloudFrontSimulator.DEMO_DISTRIBUTION,
                "",
                role,
                role.isEmpty() ? "" : SimAwsAccount.DEMO_EXTERNAL_ID,
                server.url().toString(),
                stsServer.url().toString());
        assertEquals(expected, found.kind, found.getMessage());
        return found.getMessage();
    }
}
