package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.cdn.CloudFrontProvider;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.credentials.AwsKeyCredentialsType;
import io.jenkins.plugins.cachepurge.simulator.CloudFrontSimulator;
import io.jenkins.plugins.cachepurge.simulator.SimAwsAccount;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.site.Site;
import io.jenkins.plugins.cachepurge.site.SitesConfiguration;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A Jenkins without the plugins that are optional: aws-credentials, and folders. */
class WithoutOptionalPluginsTest {

    // It does not run for long enough to be compiled fully.
    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension()
            .javaOptions("-XX:TieredStopAtLevel=1")
            .omitPlugins(
                    "aws-credentials",
                    "aws-java-sdk2-core",
                    "aws-java-sdk2-ec2",
                    "aws-java-sdk-minimal",
                    "aws-java-sdk-ec2",
                    "cloudbees-folder",
                    // What needs folders.
                    "branch-api",
                    "job-dsl",
                    "pipeline-groovy-lib",
                    "pipeline-model-definition",
                    "workflow-multibranch");

    @Test
    void startsAndPurges() throws Throwable {
        SimAwsAccount account = SimAwsAccount.demo(InstantSource.system());
        CloudFrontSimulator cloudFront =
                CloudFrontSimulator.demo(InstantSource.system(), account).invalidationTakes(Duration.ZERO);
        try (SimServer server = SimServer.start(cloudFront)) {
            jenkins.startJenkins();
            jenkins.runRemotely(WithoutOptionalPluginsTest::purge, server.url().toString());
        }
        assertEquals(2, cloudFront.invalidations().size());
    }

    private static void purge(JenkinsRule j, String url) throws Exception {
        assertNull(j.jenkins.getPlugin("aws-credentials"));
        assertNull(j.jenkins.getPlugin("cloudbees-folder"));
        assertEquals(List.of(), AwsKeyCredentialsType.all());
        CachePurgeConfiguration.get().setAllowedApiUrls(new ArrayList<>(List.of(url)));
        SimulatedServices.add(SimulatedServices.usernamePassword(
                "aws", SimAwsAccount.DEMO_ACCESS_KEY_ID, SimAwsAccount.DEMO_SECRET_KEY));
        assertEquals(
                2,
                j.jenkins
                        .getDescriptorByType(CloudFrontProvider.DescriptorImpl.class)
                        .doFillCredentialsIdItems(null, "", "")
                        .size());
        CloudFrontProvider layer = new CloudFrontProvider("aws", CloudFrontSimulator.DEMO_DISTRIBUTION);
        layer.setApiUrl(url);
        SitesConfiguration.get().setSites(List.of(new Site("www", List.of("https://www.example.org"), List.of(layer))));
        WorkflowJob job = j.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition("""
                def cdn = { id -> cloudFront(credentialsId: id, distributionId: '%s', apiUrl: '%s') }
                cdnPurge all: true, cdn: cdn('aws')
                cdnPurge all: true, cdn: site('www')
                cdnPurge all: true, cdn: cdn('missing-one')
                """.formatted(CloudFrontSimulator.DEMO_DISTRIBUTION, url), true));
        String error = PipelineJobs.error(j.buildAndAssertStatus(Result.FAILURE, job));
        assertTrue(error.contains("of a \"Username with password\" or a \"Secret text\" in"), error);
        assertEquals(List.of(), warnings());
    }

    private static List<String> warnings() {
        return Jenkins.logRecords.stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(WithoutOptionalPluginsTest::text)
                .filter(text -> text.contains("cachepurge") || text.contains("awscredentials"))
                .toList();
    }

    private static String text(LogRecord entry) {
        return entry.getLoggerName() + ": " + entry.getMessage() + " "
                + List.of(entry.getParameters() == null ? new Object[0] : entry.getParameters()) + " "
                + entry.getThrown();
    }
}
