package io.jenkins.plugins.cachepurge.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TopLevelItem;
import hudson.remoting.VirtualChannel;
import hudson.slaves.DumbSlave;
import hudson.tasks.LogRotator;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.manifest.PageLayout;
import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import io.jenkins.plugins.cachepurge.site.Site;
import io.jenkins.plugins.cachepurge.site.SitesConfiguration;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import jenkins.MasterToSlaveFileCallable;
import jenkins.security.MasterToSlaveCallable;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;

/** Pipelines that purge what changed, with the files on an agent in a process of its own. */
@ExtendWith(SharedJenkins.class)
class ChangedFilesPipelineTest {

    private final PurgedCache cache = new PurgedCache();
    private JenkinsRule j;
    private DumbSlave agent;
    private WorkflowJob job;

    @BeforeEach
    void connectAgent(JenkinsRule rule) throws Exception {
        j = rule;
        cache.approve();
        agent = ConnectedAgent.of(j);
        job = j.createProject(WorkflowJob.class, "site");
    }

    @AfterEach
    void stop() {
        cache.close();
    }

    private void define(String options) throws Exception {
        define(job, "changes: changedFiles(dir: 'dist'%s)".formatted(options.isEmpty() ? "" : ", " + options));
    }

    private void define(WorkflowJob target, String parameters) throws Exception {
        target.setDefinition(new CpsFlowDefinition(
                "node('%s') { def r = cdnPurge cdn: %s, timeout: 60, %s\necho \"RESULT ${r.status} ${r.what} ${r.count} ${r.changes}\" }"
                        .formatted(agent.getNodeName(), cache.cdn(), parameters),
                true));
    }

    private FilePath dist() {
        return agent.getWorkspaceFor(job).child("dist");
    }

    private void write(Map<String, String> files) throws Exception {
        for (Map.Entry<String, String> file : files.entrySet()) {
            dist().child(file.getKey()).write(file.getValue(), "UTF-8");
        }
    }

    private WorkflowRun build(Result expected) throws Exception {
        return j.buildAndAssertStatus(expected, job);
    }

    private Set<String> purgedBy(WorkflowRun run) {
        assertFalse(run.isBuilding());
        return cache.purged();
    }

    @Test
    void onlyWhatChangedIsPurged() throws Exception {
        define("");
        write(Map.of(
                "index.html", "1", "a.html", "1", "blog/index.html", "1", "blog/old name.html", "1", "c.css", "1"));
        WorkflowRun first = build(Result.SUCCESS);
        j.assertLogContains("5 files, with nothing to compare them with yet: everything", first);
        j.assertLogContains("RESULT purged if cached changes 0 [added:5, changed:0, removed:0, unchanged:0]", first);
        assertEquals(Set.of("/*"), purgedBy(first));

        WorkflowRun same = build(Result.SUCCESS);
        j.assertLogContains("5 files: none changed since build 1; nothing to purge", same);
        j.assertLogContains("RESULT unchanged changes 0 [added:0, changed:0, removed:0, unchanged:5]", same);
        assertEquals(Set.of(), purgedBy(same));

        write(Map.of("a.html", "2", "blog/index.html", "2", "blog/größe.html", "1"));
        dist().child("blog/old name.html").delete();
        WorkflowRun changed = build(Result.SUCCESS);
        j.assertLogContains("5 files: 2 changed, 1 new, 1 removed since build 2; 6 pages", changed);
        j.assertLogContains("RESULT not cached changes 6 [added:1, changed:2, removed:1, unchanged:2]", changed);
        assertEquals(
                Set.of(
                        "/a.html",
                        "/blog/index.html",
                        "/blog/",
                        "/blog",
                        "/blog/gr%C3%B6%C3%9Fe.html",
                        "/blog/old%20name.html"),
                purgedBy(changed));
    }

    /** The baseline stays, and what the failed purge had purged is purged again, even if it was reverted. */
    @Test
    void aFailedPurgeIsMadeUpFor() throws Exception {
        define("");
        write(Map.of("a.html", "1", "b.html", "1", "c.html", "1"));
        build(Result.SUCCESS);
        cache.purged();
        cache.wire.failEvery(
                request -> request.path().equals("/b.html"),
                UsualFaults.answering(SimResponse.text(403, "text/plain", "no")));
        write(Map.of("a.html", "2", "b.html", "2", "new.html", "1"));
        WorkflowRun failed = build(Result.FAILURE);
        assertEquals(Set.of("/a.html", "/b.html", "/new.html"), purgedBy(failed));
        cache.wire.clearFaults();

        write(Map.of("a.html", "1", "c.html", "2"));
        dist().child("new.html").delete();
        WorkflowRun sum = build(Result.SUCCESS);
        assertEquals(Set.of("/a.html", "/b.html", "/c.html", "/new.html"), purgedBy(sum));
        assertEquals(Set.of(), purgedBy(build(Result.SUCCESS)));

        write(Map.of("b.html", "1"));
        WorkflowRun rollback = build(Result.SUCCESS);
        assertEquals(Set.of("/b.html"), purgedBy(rollback));
    }

    @Test
    void whatIsMostLikelyAMistakeIsRefused() throws Exception {
        define("");
        assertEquals("dir: dist does not exist in the workspace", PipelineJobs.error(build(Result.FAILURE)));
        dist().mkdirs();
        assertEquals("dir: dist has no files; nothing was purged", PipelineJobs.error(build(Result.FAILURE)));
        write(Map.of("a", "1", "b", "1", "c", "1", "d", "1"));
        define("include: '*.css'");
        assertEquals(
                "dir: dist has no files that include and exclude leave; nothing was purged",
                PipelineJobs.error(build(Result.FAILURE)));
        define("");
        build(Result.SUCCESS);
        cache.purged();
        for (String gone : Set.of("a", "b", "c")) {
            dist().child(gone).delete();
        }
        assertEquals(
                "dir: 3 of the 4 files of build 4 are gone; nothing was purged. If that is right, set allowMassDelete: true",
                PipelineJobs.error(build(Result.FAILURE)));
        assertEquals(Set.of(), cache.purged());
        define("allowMassDelete: true");
        assertEquals(Set.of("/a", "/b", "/c"), purgedBy(build(Result.SUCCESS)));
        define("dir: '../other'".replace("dir: ", "exclude: ") + ", base: 'docs'");
        assertTrue(PipelineJobs.error(build(Result.FAILURE)).startsWith("base: must be a path from the root"));
        job.setDefinition(
                new CpsFlowDefinition("cdnPurge cdn: %s, changes: changedFiles('dist')".formatted(cache.cdn()), true));
        assertEquals("changes: needs the workspace of a node", PipelineJobs.error(build(Result.FAILURE)));
        define(job, "changes: changedFiles('dist'), all: true");
        assertEquals(
                "changes: cannot be combined with all: true; use one of them",
                PipelineJobs.error(build(Result.FAILURE)));
        for (String outside : Set.of("/etc", "..", "a/../../b", "C:\\\\x", "~/x")) {
            define(job, "changes: changedFiles('%s')".formatted(outside));
            assertTrue(
                    PipelineJobs.error(build(Result.FAILURE))
                            .startsWith("dir: must be a directory below that of the step"),
                    outside);
        }
        assertEquals(Set.of(), cache.purged());
    }

    @Test
    void theOptionsOfAFirstPurgeAndOfPages() throws Exception {
        write(Map.of("a.html", "1", "b/c.html", "1", "x.map", "1"));
        define("first: 'fail', exclude: '**/*.map'");
        assertTrue(PipelineJobs.error(build(Result.FAILURE))
                .startsWith("first: nothing was purged of this target before"));
        define("first: 'nothing', exclude: '**/*.map'");
        WorkflowRun first = build(Result.SUCCESS);
        j.assertLogContains("2 files, with nothing to compare them with yet: nothing, since first is 'nothing'", first);
        assertEquals(Set.of(), purgedBy(first));

        write(Map.of("a.html", "2", "d.html", "1", "x.map", "2"));
        define("purgeNew: false, exclude: '**/*.map'");
        assertEquals(Set.of("/a.html"), purgedBy(build(Result.SUCCESS)));

        define("base: '/docs/', url: 'https://docs.example.org', include: '*.html, b/**', first: 'nothing'");
        build(Result.SUCCESS);
        write(Map.of("a.html", "3", "b/c.html", "3"));
        assertEquals(Set.of("/docs/a.html", "/docs/b/c.html"), purgedBy(build(Result.SUCCESS)));
        assertTrue(cache.wire.requests().stream()
                .anyMatch(request -> request.header("Host").equals(Optional.of("docs.example.org"))));

        for (int i = 0; i < 30; i++) {
            write(Map.of("b/many/%d.html".formatted(i), "1"));
        }
        write(Map.of("a.html", "4"));
        define("base: '/docs/', url: 'https://docs.example.org', include: '*.html, b/**', foldAbove: 5");
        WorkflowRun folded = build(Result.SUCCESS);
        j.assertLogContains("1 page and 1 directory, since 31 pages are more than foldAbove (5)", folded);
        assertEquals(Set.of("/docs/a.html", "/docs/b/many/*"), purgedBy(folded));

        define(job, "dryRun: true, changes: changedFiles(dir: 'dist', include: '**/*.map', first: 'all')");
        WorkflowRun dry = build(Result.FAILURE);
        assertTrue(PipelineJobs.error(dry).contains("are gone"), "the same baseline, other files");
        define(job, "dryRun: true, changes: changedFiles(dir: 'dist', base: '/maps/', include: '**/*.map')");
        j.assertLogContains("RESULT dryRun changes 2 [added:1", build(Result.SUCCESS));
        j.assertLogContains("with nothing to compare them with yet", build(Result.SUCCESS));
        assertEquals(Set.of(), cache.purged());
    }

    /** Kept in the job's own directory: with it when it moves, not in a copy, and whatever becomes of its builds. */
    @Test
    void theBaselineBelongsToTheJob() throws Exception {
        define("");
        write(Map.of("a.html", "1", "b.html", "1", "c.html", "1"));
        build(Result.SUCCESS);
        cache.purged();
        WorkflowJob copy = (WorkflowJob) j.jenkins.<TopLevelItem>copy(job, "copy");
        j.configRoundtrip((Item) copy);
        agent.getWorkspaceFor(copy).child("dist/a.html").write("1", "UTF-8");
        j.assertLogContains("with nothing to compare them with yet: everything", j.buildAndAssertSuccess(copy));
        cache.purged();

        FilePath before = agent.getWorkspaceFor(job);
        job.setBuildDiscarder(new LogRotator(-1, 1, -1, -1));
        build(Result.SUCCESS);
        job.getLastBuild().delete();
        job.renameTo("renamed");
        MockFolder folder = j.createFolder("folder");
        Items.move(job, folder);
        job = j.jenkins.getItemByFullName("folder/renamed", WorkflowJob.class);
        before.copyRecursiveTo(agent.getWorkspaceFor(job));
        write(Map.of("b.html", "2"));
        assertEquals(Set.of("/b.html"), purgedBy(build(Result.SUCCESS)));
    }

    @Test
    void theLaterOfTwoBuildsComparesWithTheEarlierOne() throws Exception {
        define("");
        write(Map.of("a.html", "1", "b.html", "1", "c.html", "1"));
        build(Result.SUCCESS);
        cache.purged();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Fault slow = (request, service) -> {
            asked.countDown();
            await(goOn);
            return service.get();
        };
        cache.wire.failNext(slow);
        write(Map.of("a.html", "2"));
        WorkflowRun earlier = job.scheduleBuild2(0).waitForStart();
        asked.await();
        agent = j.createOnlineSlave();
        define("");
        write(Map.of("a.html", "1", "b.html", "2", "c.html", "1"));
        WorkflowRun later = job.scheduleBuild2(0).waitForStart();
        j.waitForMessage("Waiting for the purge of build #2", later);
        goOn.countDown();
        j.assertBuildStatusSuccess(j.waitForCompletion(earlier));
        j.assertBuildStatusSuccess(j.waitForCompletion(later));
        j.assertLogContains("2 changed, 0 new, 0 removed since build 2; 2 pages", later);
        assertEquals(Set.of("/a.html", "/b.html"), cache.purged());
    }

    @Test
    void aBuildWhoseTimeIsOverSaysWhichOneItWaitedFor() throws Exception {
        define("");
        write(Map.of("a.html", "1"));
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        cache.wire.failNext((request, service) -> {
            asked.countDown();
            await(goOn);
            return service.get();
        });
        WorkflowRun earlier = job.scheduleBuild2(0).waitForStart();
        asked.await();
        agent = j.createOnlineSlave();
        job.setDefinition(new CpsFlowDefinition(
                "node('%s') { cdnPurge cdn: %s, timeout: 2, changes: changedFiles('dist') }"
                        .formatted(agent.getNodeName(), cache.cdn()),
                true));
        write(Map.of("a.html", "2"));
        assertEquals(
                "cdnPurge was not over after 2 s (timeout). Last known: nothing was sent, since build #1 purges the same and has not ended its purge.",
                PipelineJobs.error(build(Result.FAILURE)));
        goOn.countDown();
        j.assertBuildStatusSuccess(j.waitForCompletion(earlier));
    }

    /** So that {@code retry(conditions: [agent()])} runs the step on another one. */
    @Test
    void anAgentThatIsGoneBeforeTheStepIsOneLineAndAReasonToRetry() throws Exception {
        job.setDefinition(new CpsFlowDefinition("""
                        int attempt = 0
                        retry(count: 2, conditions: [agent()]) {
                          attempt++
                          node(attempt == 1 ? '%s' : 'built-in') {
                            writeFile file: 'dist/a.html', text: '1'
                            if (attempt == 1) {
                              jenkins.model.Jenkins.get().getComputer('%1$s').disconnect(null).get()
                            }
                            cdnPurge cdn: %s, changes: changedFiles('dist')
                          }
                        }
                        """.formatted(agent.getNodeName(), cache.cdn()), false));
        WorkflowRun run = build(Result.SUCCESS);
        j.assertLogContains("The agent is not connected, so its workspace cannot be read; nothing was sent", run);
        j.assertLogNotContains("\tat ", run);
        assertEquals(Set.of("/*"), cache.purged());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anAbortedPurgeIsMadeUpForAndLetsOthersGoOn() throws Exception {
        define("");
        write(Map.of("a.html", "1", "b.html", "1"));
        build(Result.SUCCESS);
        cache.purged();
        CountDownLatch asked = new CountDownLatch(1);
        cache.wire.failNext((request, service) -> {
            asked.countDown();
            return UsualFaults.actThenStall().apply(request, service);
        });
        write(Map.of("a.html", "2"));
        WorkflowRun aborted = job.scheduleBuild2(0).waitForStart();
        asked.await();
        aborted.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(aborted));
        cache.purged();
        write(Map.of("a.html", "1"));
        assertEquals(Set.of("/a.html"), purgedBy(build(Result.SUCCESS)));
    }

    /** 3 TB take longer to read than anybody waits. */
    @Test
    void anAgentThatGoesAwayAndAnAbortEndTheReading() throws Exception {
        define("");
        dist().mkdirs();
        dist().act(new SparseFile());
        WorkflowRun aborted = job.scheduleBuild2(0).waitForStart();
        awaitReading(true);
        aborted.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(aborted));
        awaitReading(false);

        WorkflowRun lost = job.scheduleBuild2(0).waitForStart();
        awaitReading(true);
        agent.toComputer().disconnect(null).get();
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(lost));
        j.assertLogContains("The agent could not read the directory: ", lost);
        assertEquals(Set.of(), cache.purged());
        agent.toComputer().connect(true).get();
        j.waitOnline(agent);
        dist().deleteRecursive();
        write(Map.of("a.html", "1"));
        assertEquals(Set.of("/*"), purgedBy(build(Result.SUCCESS)));
    }

    /** An agent that loads a class at the wrong moment loses its interrupt: no call is cancelled here. */
    @Test
    void anAgentAsksWhetherABuildStillWaits() throws Exception {
        dist().mkdirs();
        dist().act(new SparseFile());
        CountDownLatch asked = new CountDownLatch(2);
        CompletableFuture<DirectoryListing> listing = new CompletableFuture<>() {
            @Override
            public boolean isDone() {
                asked.countDown();
                return super.isDone();
            }
        };
        ChangesSpec spec = new ChangesSpec(
                "dist",
                PageLayout.of("/", "index.html"),
                Optional.empty(),
                "",
                "",
                1,
                FirstPurge.ALL,
                true,
                false,
                false);
        ReadDirectoryCallable reading = new ReadDirectoryCallable(spec, null, new RemoteListingAwaitedCheck(listing));
        Future<DirectoryListing> remote = agent.getWorkspaceFor(job).actAsync(reading);
        awaitReading(true);
        asked.await();
        assertFalse(remote.isDone(), "a build waits");
        listing.cancel(false);
        awaitReading(false);
        assertThrows(ExecutionException.class, remote::get);
    }

    /** Until a thread of the agent reads the directory, or none does any more. */
    private void awaitReading(boolean reads) throws Exception {
        while (agent.getChannel().call(new ReadingThreads()) != reads) {
            Thread.sleep(50);
        }
    }

    static final class ReadingThreads extends MasterToSlaveCallable<Boolean, RuntimeException> {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean call() {
            return Thread.getAllStackTraces().values().stream()
                    .flatMap(Arrays::stream)
                    .anyMatch(frame -> frame.getClassName().endsWith("manifest.DirectoryReader"));
        }
    }

    static final class SparseFile extends MasterToSlaveFileCallable<Void> {
        private static final long serialVersionUID = 1L;

        @Override
        public Void invoke(File f, VirtualChannel channel) throws IOException {
            try (RandomAccessFile file = new RandomAccessFile(new File(f, "large"), "rw")) {
                file.setLength(3L << 40);
            }
            return null;
        }
    }

    /** All layers, from the inside out; and if one of them fails, the next build purges both again. */
    @Test
    void aSiteIsPurgedInAllItsLayers() throws Exception {
        try (PurgedCache outer = new PurgedCache()) {
            SitesConfiguration.get()
                    .setSites(List.of(new Site(
                            "www", List.of("https://www.example.org"), List.of(cache.provider(), outer.provider()))));
            job.setDefinition(new CpsFlowDefinition(
                    "node('%s') { def r = cdnPurge cdn: site('www'), timeout: 60, changes: changedFiles(dir: 'dist', foldAbove: 3)\necho \"RESULT ${r.status} ${r.count} ${r.changes.changed} ${r.layers*.provider}\" }"
                            .formatted(agent.getNodeName()),
                    true));
            write(Map.of("a.html", "1", "b.html", "1"));
            build(Result.SUCCESS);
            assertEquals(Set.of("/*"), cache.purged());
            assertEquals(Set.of("/*"), outer.purged());

            outer.wire.failEvery(request -> true, UsualFaults.answering(SimResponse.text(403, "text/plain", "no")));
            write(Map.of("a.html", "2"));
            build(Result.FAILURE);
            assertEquals(Set.of("/a.html"), cache.purged());
            outer.purged();
            outer.wire.clearFaults();
            write(Map.of("a.html", "1", "b.html", "2"));
            WorkflowRun sum = build(Result.SUCCESS);
            j.assertLogContains(" 2 2 [varnish, varnish]", sum);
            assertEquals(Set.of("/a.html", "/b.html"), cache.purged());
            assertEquals(Set.of("/a.html", "/b.html"), outer.purged());

            for (int i = 0; i < 5; i++) {
                write(Map.of("many/%d.html".formatted(i), "1"));
            }
            write(Map.of("a.html", "3"));
            WorkflowRun folded = build(Result.SUCCESS);
            j.assertLogContains("1 page and 1 directory, since 6 pages are more than foldAbove (3)", folded);
            assertEquals(Set.of("/a.html", "/many/*"), cache.purged());
            assertEquals(Set.of("/a.html", "/many/*"), outer.purged());
        }
    }

    @Test
    void linksOutOfTheDirectoryAreNamed() throws Exception {
        define("");
        write(Map.of("a.html", "1"));
        dist().child("outside").symlinkTo("/etc/passwd", j.createTaskListener());
        WorkflowRun run = build(Result.SUCCESS);
        j.assertLogContains("Symbolic links out of the directory were not followed: 1 link, such as outside", run);
        j.assertLogContains("1 file, with nothing to compare them with yet: everything", run);
    }

    /** Not the workspace itself, but where its temporary files are. */
    @Test
    void timesAreTrustedOnlyWhenTheUserSaysSo() throws Exception {
        define("trustTimes: true");
        write(Map.of("a.html", "1", "b.html", "1"));
        dist().child("a.html").touch(1_000_000_000_000L);
        build(Result.SUCCESS);
        cache.purged();
        dist().child("a.html").write("2", "UTF-8");
        dist().child("a.html").touch(1_000_000_000_000L);
        assertEquals(Set.of(), purgedBy(build(Result.SUCCESS)));
        assertEquals(
                Set.of("dist"),
                agent.getWorkspaceFor(job).list().stream()
                        .map(FilePath::getName)
                        .collect(Collectors.toSet()));
        define("");
        assertEquals(Set.of("/a.html"), purgedBy(build(Result.SUCCESS)));
    }

    static TreeSet<String> buildFiles(Run<?, ?> run) {
        TreeSet<String> names = new TreeSet<>();
        for (String name : run.getRootDir().list()) {
            if (name.startsWith("cache-purge-")) {
                names.add(name.replaceAll("-[0-9a-z]+\\.", "-ID."));
            }
        }
        return names;
    }

    @Test
    void aBuildKeepsTheListAndNotTheManifest() throws Exception {
        define("");
        write(Map.of("a.html", "1"));
        WorkflowRun run = build(Result.SUCCESS);
        j.waitUntilNoActivity();
        assertEquals(Set.of("cache-purge-ID.changes"), buildFiles(run));
    }
}
