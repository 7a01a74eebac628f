package io.jenkins.plugins.cachepurge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.diagnosis.OldDataMonitor;
import hudson.model.Descriptor;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.tasks.Builder;
import hudson.util.DescribableList;
import io.jenkins.plugins.cachepurge.cdn.GotipathProvider;
import io.jenkins.plugins.cachepurge.cdn.ScalewayProvider;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.config.ConcurrencyLimit;
import io.jenkins.plugins.cachepurge.freestyle.BuddyClearCacheBuilder;
import io.jenkins.plugins.cachepurge.freestyle.BuddyRunScheduledBuilder;
import io.jenkins.plugins.cachepurge.freestyle.CdnPurgeBuilder;
import io.jenkins.plugins.cachepurge.freestyle.CdnPurgePublisher;
import io.jenkins.plugins.cachepurge.freestyle.PipelineClearStorageBuilder;
import io.jenkins.plugins.cachepurge.freestyle.WhenFailed;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import io.jenkins.plugins.cachepurge.report.OperationReport;
import io.jenkins.plugins.cachepurge.report.ReportStatus;
import io.jenkins.plugins.cachepurge.simulator.RecordedScalewayPurge;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import io.jenkins.plugins.cachepurge.steps.BuddyClearCacheStep;
import io.jenkins.plugins.cachepurge.steps.BuddyRunScheduledStep;
import io.jenkins.plugins.cachepurge.steps.CdnPurgeStep;
import io.jenkins.plugins.cachepurge.steps.PipelineClearStorageStep;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What an earlier version saved can still be read, and a build that it left running comes to its end. */
class OldDataTest {

    private static final String DATA = "first";

    /** The ids of the purge requests that the saved build waits for. */
    private static final String PURGES = "purge-requests.txt";

    /** As long as any that a simulator gets, so that one can be put for the other in files of any kind. */
    private static final List<String> PORTS = List.of("54321", "54322", "54323", "54324");

    private static final String RUNNING = """
            def cleared = buddyClearCache AT_BUDDY
            def purged = cdnPurge cdn: GOTI, all: true
            def after = [:]
            parallel buddy: { after.buddy = buddyRunScheduled AT_BUDDY, executionId: 4 },
                scaleway: { after.scaleway = cdnPurge cdn: SCW, paths: (1..6).collect { "/$it" } },
                feldera: { after.feldera = pipelineClearStorage AT_FELDERA, pipeline: 'orders' }
            echo "before ${cleared.name} ${purged.status}"
            echo "after ${after.buddy.status} ${after.scaleway.status} ${after.scaleway.requests*.count} ${after.feldera.storageStatus}"
            """;

    private static final List<String> KEPT = List.of(
            "io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration.xml",
            "credentials.xml",
            "jobs/freestyle/config.xml",
            "jobs/pipeline/config.xml",
            "jobs/pipeline/nextBuildNumber",
            "jobs/pipeline/builds/1");

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final SimulatedServices services = new SimulatedServices();

    @AfterEach
    void closeServices() {
        services.close();
    }

    @Test
    void globalConfigurationIsRead() throws Throwable {
        restore();
        sessions.then(j -> {
            CachePurgeConfiguration configuration = CachePurgeConfiguration.get();
            assertEquals(services.urls(), configuration.getAllowedApiUrls());
            ConcurrencyLimit limit = configuration.getConcurrency().get(0);
            assertEquals(services.scalewayUrl(), limit.getUrl());
            assertEquals(3, limit.getMaxConcurrent());
            assertNothingIsOld(j);
        });
    }

    @Test
    void freestyleJobIsReadAndRuns() throws Throwable {
        restore();
        sessions.then(j -> {
            FreeStyleProject job = j.jenkins.getItemByFullName("freestyle", FreeStyleProject.class);
            DescribableList<Builder, Descriptor<Builder>> builders = job.getBuildersList();
            BuddyClearCacheBuilder clear = builders.get(BuddyClearCacheBuilder.class);
            assertEquals(
                    "acme",
                    assertInstanceOf(BuddyClearCacheStep.class, clear.getStep()).getWorkspace());
            assertEquals(WhenFailed.UNSTABLE, clear.getWhenFailed());
            BuddyRunScheduledStep scheduled =
                    builders.get(BuddyRunScheduledBuilder.class).getStep();
            assertEquals("$EXECUTION", scheduled.getExecutionId());
            assertTrue(scheduled.isCancelOnAbort());
            assertEquals(77, scheduled.getTimeout());
            CdnPurgeStep purge = builders.get(CdnPurgeBuilder.class).getStep();
            assertEquals(List.of("/index.html", "/$PAGE"), purge.getPaths());
            assertEquals(
                    2, assertInstanceOf(ScalewayProvider.class, purge.getCdn()).getPathsPerRequest());
            assertTrue(builders.get(PipelineClearStorageBuilder.class).getStep().isStop());
            CdnPurgeStep after = job.getPublishersList()
                    .get(CdnPurgePublisher.class)
                    .getBuilder()
                    .getStep();
            assertTrue(after.isAll());
            assertInstanceOf(GotipathProvider.class, after.getCdn());
            assertNothingIsOld(j);
            FreeStyleBuild build = j.buildAndAssertSuccess(job);
            assertEquals(
                    5, build.getAction(CachePurgeAction.class).getOperations().size());
            assertEquals(1, services.gotipath.purges().size());
        });
    }

    @Test
    void runningBuildComesToItsEnd() throws Throwable {
        restore();
        respondAsIfItWereTheSameService();
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("pipeline", WorkflowJob.class).getBuildByNumber(1);
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            j.assertLogContains("before Live mirror accepted", run);
            j.assertLogContains("after SUCCESSFUL done [5, 1] Cleared", run);
            j.assertLogContains("going on after a restart of Jenkins", run);
            assertNothingIsOld(j);
            List<OperationReport> reports =
                    run.getAction(CachePurgeAction.class).getOperations();
            assertEquals(5, reports.size());
            for (OperationReport report : reports) {
                assertEquals(ReportStatus.DONE, report.getState(), report.getMessage());
            }
        });
        Stream.of(services.buddyWire, services.scalewayWire, services.gotipathWire, services.felderaWire)
                .forEach(wire -> assertEquals(
                        List.of(), wire.requests(request -> !request.method().equals("GET")), "sent again"));
    }

    private void respondAsIfItWereTheSameService() throws IOException {
        List<Map<String, String>> purges = savedPurges().stream()
                .map(id -> Map.of("id", id, "status", "done"))
                .toList();
        services.buddyWire.failEvery(
                request -> request.method().equals("GET"),
                UsualFaults.answering(SimResponse.json(200, Map.of("id", 4, "status", "SUCCESSFUL"))));
        services.scalewayWire.failEvery(
                request -> request.path().contains("/purge-requests"),
                UsualFaults.answering(
                        SimResponse.json(200, Map.of("purge_requests", purges, "total_count", purges.size()))));
        services.felderaWire.failEvery(
                request -> request.method().equals("GET"),
                UsualFaults.answering(SimResponse.json(
                        200, Map.of("name", "orders", "storage_status", "Cleared", "deployment_status", "Stopped"))));
    }

    private static List<String> savedPurges() throws IOException {
        try (InputStream ids = OldDataTest.class.getResourceAsStream("OldDataTest/" + DATA + "/" + PURGES)) {
            return new String(ids.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }

    private static void assertNothingIsOld(JenkinsRule j) {
        OldDataMonitor monitor = ExtensionList.lookupSingleton(OldDataMonitor.class);
        assertEquals(Map.of(), monitor.getData(), "what Jenkins could not read or would write otherwise");
    }

    private List<String> ports() {
        return services.urls().stream()
                .map(URI::create)
                .map(url -> Integer.toString(url.getPort()))
                .toList();
    }

    private void restore() throws Exception {
        Path saved =
                Path.of(OldDataTest.class.getResource("OldDataTest/" + DATA).toURI());
        copy(saved, sessions.getHome().toPath(), PORTS, ports());
    }

    private static void copy(Path from, Path to, List<String> ports, List<String> by) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                // Neither longer nor shorter, so that nothing else in a file changes.
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (int i = 0; i < ports.size(); i++) {
                    assertEquals(ports.get(i).length(), by.get(i).length());
                    text = text.replace("127.0.0.1:" + ports.get(i), "127.0.0.1:" + by.get(i));
                }
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.writeString(target, text, StandardCharsets.ISO_8859_1);
            }
        }
    }

    /** Writes the data into the folder that the property names; see README.txt beside the data. */
    @Test
    @EnabledIfSystemProperty(named = "oldData.write", matches = ".+")
    void write() throws Throwable {
        services.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        services.scaleway.purgeTakes(Duration.ofHours(1), "done");
        services.feldera.clearingTakes(Duration.ofHours(1));
        sessions.then(j -> {
            services.introduce();
            CachePurgeConfiguration.get().setConcurrency(List.of(new ConcurrencyLimit(services.scalewayUrl(), 3)));
            writeFreestyleJob(j);
            WorkflowJob job = j.createProject(WorkflowJob.class, "pipeline");
            WorkflowRun run = new PipelineJobs(j, services)
                    .define(job, RUNNING)
                    .scheduleBuild2(0)
                    .waitForStart();
            for (String state : List.of("is INPROGRESS", "2 of 2 purge requests pending", "its storage Clearing")) {
                j.waitForMessage(state, run);
            }
        });
        Path home = sessions.getHome().toPath();
        Path target = new File(System.getProperty("oldData.write")).toPath();
        Files.write(
                target.resolve(PURGES),
                services.scaleway.purgeRequests().stream()
                        .map(RecordedScalewayPurge::id)
                        .toList());
        for (String kept : KEPT) {
            Path from = home.resolve(kept);
            assertTrue(Files.exists(from), kept);
            if (Files.isDirectory(from)) {
                copy(from, target.resolve(kept), ports(), PORTS);
            } else {
                Files.createDirectories(target.resolve(kept).getParent());
                Files.writeString(target.resolve(kept), readable(kept, Files.readString(from)));
            }
        }
    }

    /** Without what only this home's keys could decrypt: plain secrets are read as well. */
    private String readable(String name, String text) {
        String readable = text;
        for (int i = 0; i < PORTS.size(); i++) {
            readable = readable.replace("127.0.0.1:" + ports().get(i), "127.0.0.1:" + PORTS.get(i));
        }
        List<String> secrets = new ArrayList<>(List.of(
                SimulatedServices.DATA.buddyToken(),
                SimulatedServices.DATA.scalewaySecretKey(),
                SimulatedServices.DATA.felderaApiKey(),
                SimulatedServices.DATA.gotipathApiKey()));
        while (name.equals("credentials.xml") && !secrets.isEmpty()) {
            String next = readable.replaceFirst("\\{AQAAAB[^}]*}", secrets.remove(0));
            assertFalse(next.equals(readable), "a secret that was not encrypted");
            readable = next;
        }
        return readable;
    }

    private void writeFreestyleJob(JenkinsRule j) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject("freestyle");
        job.addProperty(new hudson.model.ParametersDefinitionProperty(
                new hudson.model.StringParameterDefinition("EXECUTION", "4"),
                new hudson.model.StringParameterDefinition("PAGE", "news.html")));
        BuddyClearCacheStep clear = new BuddyClearCacheStep("buddy", "acme", "website", "2");
        clear.setApiUrl(services.buddyUrl());
        BuddyClearCacheBuilder clearing = new BuddyClearCacheBuilder(clear);
        clearing.setWhenFailed(WhenFailed.UNSTABLE);
        BuddyRunScheduledStep scheduled = new BuddyRunScheduledStep("buddy", "acme", "website", "2", "$EXECUTION");
        scheduled.setApiUrl(services.buddyUrl());
        scheduled.setCancelOnAbort(true);
        scheduled.setTimeout(77);
        ScalewayProvider scaleway = services.scalewayProvider();
        scaleway.setPathsPerRequest(2);
        CdnPurgeStep purge = new CdnPurgeStep(scaleway);
        purge.setPaths("/index.html", "/$PAGE");
        PipelineClearStorageStep storage = new PipelineClearStorageStep("payments");
        storage.setApiUrl(services.felderaUrl());
        storage.setCredentialsId("feldera");
        storage.setStop(true);
        job.getBuildersList().add(clearing);
        job.getBuildersList().add(new BuddyRunScheduledBuilder(scheduled));
        job.getBuildersList().add(new CdnPurgeBuilder(purge));
        job.getBuildersList().add(new PipelineClearStorageBuilder(storage));
        GotipathProvider gotipath = new GotipathProvider("goti", SimulatedServices.DATA.gotipathDistributionId());
        gotipath.setApiUrl(services.gotipathUrl());
        CdnPurgeStep everything = new CdnPurgeStep(gotipath);
        everything.setAll(true);
        job.getPublishersList().add(new CdnPurgePublisher(new CdnPurgeBuilder(everything)));
        job.save();
        assertNotNull(job.getConfigFile());
    }
}
