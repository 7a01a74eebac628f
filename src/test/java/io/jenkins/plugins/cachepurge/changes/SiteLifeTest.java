package io.jenkins.plugins.cachepurge.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.cachepurge.caches.CacheProcess;
import io.jenkins.plugins.cachepurge.caches.CacheSoftware;
import io.jenkins.plugins.cachepurge.caches.OriginServer;
import io.jenkins.plugins.cachepurge.caches.PageFetcher;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * The life of a site behind a real Varnish and a second cache that fails now and then: random edits, renames and deletions,
 * two branches, builds that fail, are aborted or survive a restart, and rollbacks. After each successful build every page
 * that the cache serves is the built one, and the cache did not have to fetch any other page again.
 */
class SiteLifeTest {

    private static final String AGENT = "builder";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path temp;

    private final PurgedCache second = new PurgedCache();
    private final List<AutoCloseable> running = new ArrayList<>(List.of(second));
    private final Random random = new Random(19);
    private final Map<String, Branch> branches = new TreeMap<>();
    private DeployedSiteServer site;
    private String varnish;
    private JenkinsRule j;

    /** A branch of the site, built by a job of its own. */
    private final class Branch {

        private final String job;
        private final String base;
        private final DeployedSiteServer.Sources sources;
        private final Path deployed;
        private final TreeSet<String> everSeen = new TreeSet<>();
        private final TreeSet<String> mayBePurged = new TreeSet<>();
        private TreeMap<String, String> live = new TreeMap<>();

        Branch(String job, String base) throws Exception {
            this.job = job;
            this.base = base;
            this.sources = new DeployedSiteServer.Sources(Files.createDirectory(temp.resolve(job + "-source")), random);
            this.deployed = Files.createDirectory(temp.resolve(job + "-deployed"));
        }

        /** Edits it or takes an earlier state back, and remembers whose pages a purge may now have. */
        void change(TreeMap<String, String> to) throws Exception {
            if (to == null) {
                sources.edit();
            } else {
                sources.restore(to);
            }
            TreeMap<String, String> files = sources.files();
            TreeSet<String> different = new TreeSet<>(files.keySet());
            different.addAll(live.keySet());
            different.removeIf(name -> Objects.equals(files.get(name), live.get(name)));
            mayBePurged.addAll(DeployedSiteServer.pages(base, different));
            everSeen.addAll(DeployedSiteServer.pages(base, files.keySet()));
        }

        WorkflowJob job() {
            return j.jenkins.getItemByFullName(job, WorkflowJob.class);
        }

        void create() throws Exception {
            WorkflowJob created = j.createProject(WorkflowJob.class, job);
            created.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("FAULT", "")));
            created.setDefinition(new CpsFlowDefinition(
                    """
                    node('%s') {
                        sh "rm -rf dist && cp -R '%s-source' dist"
                        if (params.FAULT == 'build') {
                            error 'the build is broken'
                        }
                        sh "find '%s-deployed' -mindepth 1 -delete && cp -R dist/. '%s-deployed'"
                        cdnPurge cdn: varnish(urls: ['%s', '%s'], host: '%s'), timeout: 120,
                                 changes: changedFiles(dir: 'dist', base: '%s')
                    }
                    """.formatted(
                                    AGENT,
                                    temp.resolve(job),
                                    temp.resolve(job),
                                    temp.resolve(job),
                                    varnish,
                                    second.url(),
                                    PageFetcher.HOST,
                                    base),
                    true));
        }

        WorkflowRun start(String fault) throws Exception {
            return job().scheduleBuild2(0, new ParametersAction(new StringParameterValue("FAULT", fault)))
                    .waitForStart();
        }

        /** Visitors look at all pages that there ever were; each is what was deployed. */
        void visitorsSeeWhatWasBuilt(boolean everythingPurged) throws Exception {
            live = sources.files();
            assertEquals(live, DeployedSiteServer.Sources.files(deployed));
            site.fetched();
            for (String page : everSeen) {
                assertEquals(site.content(page), PageFetcher.sees(varnish, page), page);
            }
            TreeSet<String> fetchedAgain = site.fetched();
            fetchedAgain.removeAll(mayBePurged);
            assertTrue(everythingPurged || fetchedAgain.isEmpty(), () -> "purged although unchanged: " + fetchedAgain);
            mayBePurged.clear();
        }

        /** Visitors put into the cache whatever there is. */
        void visitorsLook() {
            everSeen.forEach(page -> PageFetcher.sees(varnish, page));
        }
    }

    @BeforeEach
    void startCache() throws Exception {
        assumeTrue(CacheSoftware.VARNISH.installed(), "Varnish is not installed");
        branches.put("main", new Branch("main", "/"));
        branches.put("preview", new Branch("preview", "/preview/"));
        site = new DeployedSiteServer(
                Map.of("/", branches.get("main").deployed, "/preview/", branches.get("preview").deployed));
        OriginServer origin = new OriginServer(site);
        running.add(origin);
        CacheProcess cache = CacheProcess.start(CacheSoftware.VARNISH, origin);
        running.add(cache);
        varnish = cache.url();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : running) {
            each.close();
        }
    }

    private void connected(JenkinsSessionExtension.Step step) throws Throwable {
        sessions.then(rule -> {
            j = rule;
            if (j.jenkins.getNode(AGENT) == null) {
                CachePurgeConfiguration.get().setAllowedApiUrls(List.of(varnish, second.url()));
                j.createSlave(AGENT, null, null);
                for (Branch branch : branches.values()) {
                    branch.create();
                }
            }
            j.jenkins.getComputer(AGENT).connect(false).get();
            step.run(rule);
        });
    }

    @Test
    void tenBuildsAndMore() throws Throwable {
        Branch main = branches.get("main");
        Branch preview = branches.get("preview");
        connected(rule -> {
            for (Branch branch : List.of(main, preview)) {
                branch.change(null);
                j.assertBuildStatusSuccess(j.waitForCompletion(branch.start("")));
                branch.visitorsSeeWhatWasBuilt(true);
            }
            succeeds(main, null);
            succeeds(preview, null);
        });
        TreeMap<String, String> earlier = main.sources.files();
        connected(rule -> {
            succeeds(main, null);
            succeeds(preview, null);
            succeeds(main, null);
            succeeds(main, earlier);
        });
        connected(rule -> {
            broken(main);
            succeeds(main, null);
            failsAndIsRolledBack(main);
            isAborted(preview);
            succeeds(preview, null);
        });
        WorkflowRun[] interrupted = new WorkflowRun[1];
        CountDownLatch asked = new CountDownLatch(1);
        connected(rule -> {
            second.wire.failNext((request, service) -> {
                asked.countDown();
                return UsualFaults.stall().apply(request, service);
            });
            main.change(null);
            interrupted[0] = main.start("");
            asked.await();
        });
        connected(rule -> {
            WorkflowRun resumed = main.job().getLastBuild();
            assertEquals(interrupted[0].getNumber(), resumed.getNumber());
            j.assertBuildStatusSuccess(j.waitForCompletion(resumed));
            main.visitorsSeeWhatWasBuilt(false);
            succeeds(main, null);
            succeeds(preview, null);
        });
    }

    private void succeeds(Branch branch, TreeMap<String, String> to) throws Exception {
        branches.values().forEach(Branch::visitorsLook);
        branch.change(to);
        j.assertBuildStatusSuccess(j.waitForCompletion(branch.start("")));
        branch.visitorsSeeWhatWasBuilt(false);
    }

    /** Nothing was deployed, and nothing is purged. */
    private void broken(Branch branch) throws Exception {
        branch.change(null);
        int before = second.wire.requests().size();
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(branch.start("build")));
        assertEquals(before, second.wire.requests().size());
    }

    /** One of two caches refuses, visitors fill the other one with the new pages, and the next build takes all back. */
    private void failsAndIsRolledBack(Branch branch) throws Exception {
        TreeMap<String, String> before = branch.sources.files();
        branch.visitorsLook();
        second.wire.failEvery(request -> true, UsualFaults.answering(SimResponse.text(403, "text/plain", "no")));
        branch.change(null);
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(branch.start("")));
        second.wire.clearFaults();
        branch.visitorsLook();
        succeeds(branch, before);
    }

    private void isAborted(Branch branch) throws Exception {
        TreeMap<String, String> before = branch.sources.files();
        branch.visitorsLook();
        CountDownLatch asked = new CountDownLatch(1);
        second.wire.failNext((request, service) -> {
            asked.countDown();
            return UsualFaults.stall().apply(request, service);
        });
        branch.change(null);
        WorkflowRun run = branch.start("");
        asked.await();
        run.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        branch.visitorsLook();
        succeeds(branch, before);
    }
}
