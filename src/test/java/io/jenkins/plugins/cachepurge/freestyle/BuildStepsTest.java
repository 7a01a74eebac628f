package io.jenkins.plugins.cachepurge.freestyle;

import static io.jenkins.plugins.cachepurge.SimulatedServices.DATA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.cli.CLICommandInvoker;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.model.TextParameterDefinition;
import hudson.model.TopLevelItem;
import hudson.tasks.Builder;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.cdn.GotipathProvider;
import io.jenkins.plugins.cachepurge.cdn.VarnishProvider;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import io.jenkins.plugins.cachepurge.report.OperationReport;
import io.jenkins.plugins.cachepurge.report.ReportStatus;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import io.jenkins.plugins.cachepurge.steps.BuddyClearCacheStep;
import io.jenkins.plugins.cachepurge.steps.BuddyRunScheduledStep;
import io.jenkins.plugins.cachepurge.steps.CdnPurgeStep;
import io.jenkins.plugins.cachepurge.steps.PipelineClearStorageStep;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.FailureBuilder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.UnstableBuilder;

/** The build steps and post-build actions: forms, variables, results, aborts, and what the build's page is told. */
@ExtendWith(SharedJenkins.class)
class BuildStepsTest {

    private final SimulatedServices services = new SimulatedServices();
    private JenkinsRule j;

    @BeforeEach
    void introduceServices(JenkinsRule rule) throws Exception {
        j = rule;
        services.introduce();
    }

    @AfterEach
    void closeServices() {
        services.close();
    }

    @Test
    void everyBuildStepDoesWhatTheStepDoes() throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("PIPELINE", "1"), new StringParameterDefinition("PAGE", "none")));
        job.getBuildersList().add(new BuddyClearCacheBuilder(buddyClearCache("$PIPELINE")));
        job.getBuildersList().add(new BuddyRunScheduledBuilder(buddyRunScheduled()));
        job.getBuildersList().add(new CdnPurgeBuilder(scaleway(List.of("/index.html", "/${PAGE}.html"))));
        job.getBuildersList().add(new CdnPurgeBuilder(gotipath()));
        job.getBuildersList().add(new PipelineClearStorageBuilder(feldera()));

        FreeStyleBuild build = j.assertBuildStatusSuccess(job.scheduleBuild2(
                0,
                new ParametersAction(
                        new StringParameterValue("PIPELINE", "2"), new StringParameterValue("PAGE", "news"))));

        assertEquals(1, services.buddy.cacheCleared("acme", "website", 2));
        assertEquals(1, services.buddy.executionStarts("acme", "website", 2, 4));
        assertEquals(1, services.gotipath.purges().size());
        assertEquals(1, services.feldera.clears("payments"));
        assertTrue(services.scalewayWire.requests().stream()
                .anyMatch(request -> request.bodyText().contains("/news.html")));

        List<OperationReport> reports = build.getAction(CachePurgeAction.class).getOperations();
        assertEquals(
                List.of("cache", "run", "purge", "purge", "storage"),
                reports.stream().map(OperationReport::getKind).toList());
        assertEquals(
                List.of(ReportStatus.DONE),
                reports.stream().map(OperationReport::getState).distinct().toList());
        assertTrue(
                reports.get(1).getLink().startsWith("https://app.buddy.works/"),
                reports.get(1).getLink());
        assertEquals(1, reports.get(0).getRequests());
        assertEquals(
                services.requests(),
                reports.stream().mapToInt(OperationReport::getRequests).sum());
    }

    /** A build that goes on must not look as if all had been purged. */
    @Test
    void refusedStepIsListed() throws Exception {
        CdnPurgeBuilder wrong = new CdnPurgeBuilder(scaleway(List.of("news.html")));
        wrong.setWhenFailed(WhenFailed.LOG);
        FreeStyleProject job = job(wrong);
        job.getBuildersList().add(new CdnPurgeBuilder(scaleway(List.of("/index.html"))));
        FreeStyleBuild build = j.buildAndAssertSuccess(job);
        List<OperationReport> reports = build.getAction(CachePurgeAction.class).getOperations();
        assertEquals(
                List.of(ReportStatus.FAILED, ReportStatus.DONE),
                reports.stream().map(OperationReport::getState).toList());
        assertEquals("Purge CDN cache", reports.get(0).getTarget());
        assertEquals(
                "paths: path 1 'news.html' must be a path from the root, such as /index.html, without scheme and host",
                reports.get(0).getMessage());
    }

    /** A parameter of a job, or what an earlier build step wrote, may have a page per line. */
    @Test
    void variableWithSeveralLinesIsSeveralValues() throws Exception {
        FreeStyleProject job = job(new CdnPurgeBuilder(scaleway(List.of("/first", "$PAGES", "/last"))));
        VarnishProvider caches = new VarnishProvider();
        caches.setUrl("$CACHES");
        CdnPurgeStep dryRun = new CdnPurgeStep(caches);
        dryRun.setPaths("$PAGES");
        dryRun.setDryRun(true);
        job.getBuildersList().add(new CdnPurgeBuilder(dryRun));
        String pages = "/a\r\n\r\n/b\n/first\n";
        job.addProperty(new ParametersDefinitionProperty(
                new TextParameterDefinition("PAGES", pages, ""),
                new TextParameterDefinition("CACHES", services.scalewayUrl() + "\n" + services.buddyUrl(), "")));
        FreeStyleBuild build = j.buildAndAssertSuccess(job);
        assertEquals(
                List.of("/first", "/a", "/b", "/last"),
                services.scaleway
                        .purgeRequests()
                        .get(services.scaleway.purgeRequests().size() - 1)
                        .assets());
        j.assertLogContains("Varnish purge of 2 instances: 3 paths, nothing sent", build);
    }

    @Test
    void theFormKeepsEveryValue() throws Exception {
        BuddyRunScheduledStep scheduled = buddyRunScheduled();
        scheduled.setWait(false);
        scheduled.setCancelOnAbort(true);
        scheduled.setTimeout(77);
        BuddyRunScheduledBuilder builder = new BuddyRunScheduledBuilder(scheduled);
        builder.setWhenFailed(WhenFailed.UNSTABLE);
        PipelineClearStorageStep storage = feldera();
        storage.setTenant("eu");
        List<Builder> builders = List.of(
                builder,
                new PipelineClearStorageBuilder(storage),
                new BuddyClearCacheBuilder(buddyClearCache("2")),
                new CdnPurgeBuilder(scaleway(List.of("/a", "/b c"))));
        CdnPurgePublisher publisher = new CdnPurgePublisher(new CdnPurgeBuilder(gotipath()));
        publisher.setEvenIfUnstable(true);
        publisher.getBuilder().setWhenFailed(WhenFailed.LOG);
        FreeStyleProject job = j.createFreeStyleProject();
        job.getBuildersList().addAll(builders);
        job.getPublishersList().add(publisher);
        j.configRoundtrip(job);
        List<Builder> submitted = job.getBuildersList();
        assertEquals(builders.size(), submitted.size());
        for (int i = 0; i < builders.size(); i++) {
            assertNotSame(builders.get(i), submitted.get(i));
            j.assertEqualDataBoundBeans(builders.get(i), submitted.get(i));
        }
        CdnPurgePublisher again = job.getPublishersList().get(CdnPurgePublisher.class);
        assertNotSame(publisher, again);
        j.assertEqualDataBoundBeans(publisher, again);
        assertNull(again.getBuilder().getStep().getPaths());
    }

    @Test
    void jobsFromXmlAndCopiesBehaveAlikeAndHoldNoSecret() throws Exception {
        FreeStyleProject original = j.createFreeStyleProject("original");
        original.getBuildersList().add(new CdnPurgeBuilder(scaleway(List.of("/a"))));
        original.getPublishersList()
                .add(new BuddyClearCachePublisher(new BuddyClearCacheBuilder(buddyClearCache("2"))));
        original.save();
        String xml = original.getConfigFile().asString();
        for (String secret : List.of(DATA.buddyToken(), DATA.scalewaySecretKey())) {
            assertFalse(xml.contains(secret));
        }

        CLICommandInvoker.Result created = new CLICommandInvoker(j, "create-job")
                .withStdin(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                .invokeWithArgs("typed");
        assertEquals(0, created.returnCode(), created.stderr());
        j.jenkins.<TopLevelItem>copy(original, "copied").save();

        for (String name : List.of("original", "typed", "copied")) {
            int before = services.requests();
            j.buildAndAssertSuccess(j.jenkins.getItemByFullName(name, FreeStyleProject.class));
            assertEquals(2, services.requests() - before, name);
        }
    }

    @Test
    void aFailureMakesOfTheBuildWhatWasChosen() throws Exception {
        for (WhenFailed choice : WhenFailed.values()) {
            BuddyClearCacheBuilder failing = new BuddyClearCacheBuilder(buddyClearCache("999"));
            failing.setWhenFailed(choice);
            FreeStyleProject job = job(failing);
            FreeStyleBuild build = j.buildAndAssertStatus(choice.result().orElse(Result.SUCCESS), job);
            j.assertLogContains(
                    "Buddy was asked to clear the cache of pipeline 999 of acme/website and answered HTTP 404", build);
            j.assertLogNotContains("\tat ", build);
            assertEquals(
                    ReportStatus.FAILED,
                    build.getAction(CachePurgeAction.class)
                            .getOperations()
                            .get(0)
                            .getState());
        }
    }

    @Test
    void badInputFailsBeforeAnythingIsSent() throws Exception {
        FreeStyleBuild build =
                j.buildAndAssertStatus(Result.FAILURE, job(new BuddyClearCacheBuilder(buddyClearCache("$UNKNOWN"))));
        j.assertLogContains("Pipeline ID: has a variable that was not replaced: ", build);
        assertEquals(0, services.requests());
    }

    @Test
    void postBuildActionsRunOnlyWhenAllWentWell() throws Exception {
        assertEquals(1, purgesAfter(null, false));
        assertEquals(0, purgesAfter(new FailureBuilder(), true));
        assertEquals(0, purgesAfter(new UnstableBuilder(), false));
        assertEquals(1, purgesAfter(new UnstableBuilder(), true));
    }

    private int purgesAfter(Builder deployment, boolean evenIfUnstable) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        if (deployment != null) {
            job.getBuildersList().add(deployment);
        }
        CdnPurgePublisher publisher = new CdnPurgePublisher(new CdnPurgeBuilder(gotipath()));
        publisher.setEvenIfUnstable(evenIfUnstable);
        job.getPublishersList().add(publisher);
        int before = services.gotipath.purges().size();
        j.waitForCompletion(job.scheduleBuild2(0).waitForStart());
        return services.gotipath.purges().size() - before;
    }

    @Test
    void anAbortEndsTheBuildAndTellsTheService() throws Exception {
        services.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        BuddyRunScheduledStep step = buddyRunScheduled();
        step.setCancelOnAbort(true);
        CountDownLatch cancelled = new CountDownLatch(1);
        services.buddyWire.failEvery(request -> seen(request, cancelled), UsualFaults.unavailable());
        FreeStyleProject job = job(new BuddyRunScheduledBuilder(step));
        FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
        j.waitForMessage("is INPROGRESS", build);
        OperationReport report =
                build.getAction(CachePurgeAction.class).getOperations().get(0);
        assertTrue(report.isRunning());

        build.doStop();

        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(build));
        assertEquals(ReportStatus.ABORTED, report.getState());
        assertTrue(cancelled.await(1, TimeUnit.MINUTES));
    }

    private static boolean seen(SimRequest request, CountDownLatch cancelled) {
        if (request.bodyText().contains("CANCEL")) {
            cancelled.countDown();
        }
        return false;
    }

    private FreeStyleProject job(Builder builder) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        job.getBuildersList().add(builder);
        return job;
    }

    private BuddyClearCacheStep buddyClearCache(String pipelineId) {
        BuddyClearCacheStep step = new BuddyClearCacheStep("buddy", "acme", "website", pipelineId);
        step.setApiUrl(services.buddyUrl());
        return step;
    }

    private BuddyRunScheduledStep buddyRunScheduled() {
        BuddyRunScheduledStep step = new BuddyRunScheduledStep("buddy", "acme", "website", 2, 4);
        step.setApiUrl(services.buddyUrl());
        return step;
    }

    private CdnPurgeStep scaleway(List<String> paths) {
        CdnPurgeStep step = new CdnPurgeStep(services.scalewayProvider());
        step.setPaths(paths.toArray(String[]::new));
        return step;
    }

    private CdnPurgeStep gotipath() {
        GotipathProvider provider = new GotipathProvider("goti", DATA.gotipathDistributionId());
        provider.setApiUrl(services.gotipathUrl());
        CdnPurgeStep step = new CdnPurgeStep(provider);
        step.setAll(true);
        return step;
    }

    private PipelineClearStorageStep feldera() {
        PipelineClearStorageStep step = new PipelineClearStorageStep("payments");
        step.setApiUrl(services.felderaUrl());
        step.setCredentialsId("feldera");
        step.setStop(true);
        return step;
    }
}
