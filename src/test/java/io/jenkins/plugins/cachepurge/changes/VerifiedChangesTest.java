package io.jenkins.plugins.cachepurge.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.freestyle.CdnPurgeBuilder;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import io.jenkins.plugins.cachepurge.site.Site;
import io.jenkins.plugins.cachepurge.site.SiteProvider;
import io.jenkins.plugins.cachepurge.site.SitesConfiguration;
import io.jenkins.plugins.cachepurge.steps.CdnPurgeStep;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestBuilder;

/** Purges of changes whose pages are read at the site afterwards. */
@ExtendWith(SharedJenkins.class)
class VerifiedChangesTest {

    private final PurgedCache cache = new PurgedCache();

    /** The pages that visitors get. */
    private final Map<String, String> pages = new ConcurrentHashMap<>();

    /** What visitors get of a page at first, instead of what it is. */
    private final Map<String, SimResponse> stale = new ConcurrentHashMap<>();

    /** How often they get that. */
    private final Map<String, Integer> staleAnswers = new ConcurrentHashMap<>();

    private final FaultInjectingService website = new FaultInjectingService(SimService.of("website", this::answer));

    private final SimServer server = SimServer.start(website);
    private JenkinsRule j;
    private WorkflowJob job;
    private int read;

    private static SimResponse html(String body) {
        return SimResponse.text(200, "text/html", body);
    }

    private SimResponse answer(SimRequest request) {
        String path = request.path();
        if (staleAnswers.merge(path, -1, Integer::sum) >= 0) {
            return stale.get(path);
        }
        String body = pages.get(path);
        return body == null ? SimResponse.text(404, "text/html", "not found") : html(body);
    }

    @BeforeEach
    void approve(JenkinsRule rule) throws Exception {
        j = rule;
        CachePurgeConfiguration.get()
                .setAllowedApiUrls(List.of(cache.url(), server.url().toString()));
        job = j.createProject(WorkflowJob.class, "site");
    }

    @AfterEach
    void stop() {
        server.close();
        cache.close();
    }

    private void define(String parameters) throws Exception {
        job.setDefinition(new CpsFlowDefinition(
                "node { def r = cdnPurge cdn: %s, verify: true, %s\necho \"RESULT ${r.status} ${r.changes} ${r.verified}\" }"
                        .formatted(
                                cache.cdn(),
                                parameters.replace("SITE", server.url().toString())),
                true));
    }

    private WorkflowRun build(Result expected) throws Exception {
        return j.buildAndAssertStatus(expected, job);
    }

    private void deploy(Map<String, String> files) throws Exception {
        FilePath dist = j.jenkins.getWorkspaceFor(job).child("dist");
        if (dist.exists()) {
            dist.deleteRecursive();
        }
        pages.clear();
        for (Map.Entry<String, String> file : files.entrySet()) {
            dist.child(file.getKey()).write(file.getValue(), "UTF-8");
            pages.put("/" + file.getKey().replace(" ", "%20").replaceFirst("(^|/)index.html$", "$1"), file.getValue());
        }
    }

    private void staleFor(int answers, String path, SimResponse answer) {
        stale.put(path, answer);
        staleAnswers.put(path, answers);
    }

    /** The pages that were read since the last call. */
    private Set<String> pagesRead() {
        Set<String> paths = website.requests().subList(read, website.requests().size()).stream()
                .map(SimRequest::target)
                .collect(Collectors.toCollection(TreeSet::new));
        read = website.requests().size();
        return paths;
    }

    /** In a URL to read, a star would mean more than one page. */
    @Test
    void pagesWithAStarAreLeftOut() throws Exception {
        define("timeout: 60, changes: changedFiles(dir: 'dist', url: 'SITE')");
        deploy(Map.of("x*y.html", "1", "a.html", "1"));
        build(Result.SUCCESS);
        assertEquals(Set.of("/a.html"), pagesRead());
    }

    /** How often a page was read since the last call of {@link #pagesRead}. */
    private long requests(String path) {
        return website.requests().subList(read, website.requests().size()).stream()
                .filter(request -> request.target().equals(path))
                .count();
    }

    @Test
    void pagesAreReadUntilTheyAreTheBuiltOnes() throws Exception {
        define("timeout: 60, changes: changedFiles(dir: 'dist', url: 'SITE')");
        deploy(Map.of("index.html", "1", "$HOME a.html", "1", "blog/index.html", "1", "old.html", "1", "same", "1"));
        j.assertLogContains(
                "RESULT purged if cached [added:5, changed:0, removed:0, unchanged:0] 5", build(Result.SUCCESS));
        pagesRead();
        cache.purged();

        staleFor(3, "/blog/", html("1"));
        staleFor(2, "/old.html", html("1"));
        deploy(Map.of("index.html", "1", "$HOME a.html", "2", "blog/index.html", "2", "new.html", "1", "same", "1"));
        WorkflowRun changed = build(Result.SUCCESS);
        assertEquals(3 + 2, requests("/blog/"));
        assertEquals(2 + 2, requests("/old.html"));
        assertEquals(Set.of("/blog/", "/$HOME%20a.html", "/new.html", "/old.html"), pagesRead());
        j.assertLogContains("verified: 4 pages are as expected", changed);
        j.assertLogContains("[added:1, changed:2, removed:1, unchanged:2] 4", changed);

        cache.purged();
        j.assertLogContains("RESULT unchanged [added:0, changed:0, removed:0, unchanged:5] 0", build(Result.SUCCESS));
        assertEquals(Set.of(), pagesRead());
        assertEquals(Set.of(), cache.purged());
    }

    /** A failed verification leaves the baseline. */
    @Test
    void whatStaysOldIsPurgedAgain() throws Exception {
        define("timeout: 60, changes: changedFiles(dir: 'dist', url: 'SITE', first: 'nothing')");
        deploy(Map.of("a.html", "1", "b.html", "1", "c.html", "1"));
        WorkflowRun first = build(Result.SUCCESS);
        j.assertLogContains("RESULT unchanged [added:3, changed:0, removed:0, unchanged:0] 0", first);
        assertEquals(Set.of(), pagesRead());

        define("timeout: 5, changes: changedFiles(dir: 'dist', url: 'SITE')");
        deploy(Map.of("a.html", "2", "b.html", "1", "c.html", "1"));
        staleFor(Integer.MAX_VALUE, "/a.html", html("1"));
        String error = PipelineJobs.error(build(Result.FAILURE));
        assertThat(error, containsString("/a.html: not the expected version: SHA-256 "));
        assertEquals(Set.of("/a.html"), cache.purged());

        staleAnswers.clear();
        define("timeout: 60, changes: changedFiles(dir: 'dist', url: 'SITE')");
        deploy(Map.of("a.html", "2", "b.html", "2", "c.html", "1"));
        j.assertLogContains("[added:0, changed:2, removed:0, unchanged:1] 2", build(Result.SUCCESS));
        assertEquals(Set.of("/a.html", "/b.html"), cache.purged());
    }

    @Test
    void theSampleIsLimitedAndHasWhatWasPurged() throws Exception {
        define("timeout: 60, verifyAtMost: 2, changes: changedFiles(dir: 'dist', url: 'SITE')");
        deploy(Map.of("index.html", "1", "a.html", "1", "b.html", "1"));
        j.assertLogContains("unchanged:0] 2", build(Result.SUCCESS));
        assertEquals(Set.of("/", "/a.html"), pagesRead());

        define("timeout: 60, changes: changedFiles(dir: 'dist', url: 'SITE', purgeNew: false)");
        deploy(Map.of("index.html", "1", "a.html", "2", "b.html", "1", "new.html", "1"));
        j.assertLogContains("unchanged:2] 1", build(Result.SUCCESS));
        assertEquals(Set.of("/a.html"), pagesRead());

        define("dryRun: true, timeout: 60, changes: changedFiles(dir: 'dist', url: 'SITE')");
        deploy(Map.of("index.html", "1", "a.html", "3", "b.html", "1", "new.html", "1"));
        j.assertLogContains("RESULT dryRun [added:0, changed:1", build(Result.SUCCESS));
        assertEquals(Set.of(), pagesRead());
    }

    @Test
    void whereThePagesAreMustBeKnownAndApproved() throws Exception {
        define("changes: changedFiles('dist')");
        deploy(Map.of("a.html", "1"));
        assertEquals(
                "verify: needs to know where the files are: set url of changedFiles, or purge a site",
                PipelineJobs.error(build(Result.FAILURE)));
        define("changes: changedFiles(dir: 'dist', url: 'https://www.example.org')");
        assertThat(
                PipelineJobs.error(build(Result.FAILURE)),
                containsString("url: 'https://www.example.org/' is not approved"));
        define("verifyAtMost: 0, changes: changedFiles(dir: 'dist', url: 'SITE')");
        assertThat(PipelineJobs.error(build(Result.FAILURE)), containsString("verifyAtMost: must be a number from 1"));
        assertEquals(Set.of(), cache.purged());
        assertEquals(Set.of(), pagesRead());
    }

    @Test
    void aFreestyleJobReadsAtTheMainUrlOfItsSite() throws Exception {
        SitesConfiguration.get()
                .setSites(List.of(new Site("www", List.of(server.url().toString()), List.of(cache.provider()))));
        CdnPurgeStep step = new CdnPurgeStep(new SiteProvider("www"));
        step.setChanges(new ChangedFiles("dist"));
        step.setVerify(true);
        step.setTimeout(60);
        FreeStyleProject freestyle = j.createFreeStyleProject();
        freestyle.getBuildersList().add(new TestBuilder() {
            @Override
            public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                    throws InterruptedException, IOException {
                Objects.requireNonNull(build.getWorkspace())
                        .child("dist/$JOB_NAME.html")
                        .write("1", "UTF-8");
                return true;
            }
        });
        freestyle.getBuildersList().add(new CdnPurgeBuilder(step));
        pages.put("/$JOB_NAME.html", "1");
        staleFor(1, "/$JOB_NAME.html", SimResponse.text(404, "text/html", "not found"));
        Run<?, ?> run = j.buildAndAssertSuccess(freestyle);
        j.assertLogContains("verified: the page is as expected", run);
        assertEquals(Set.of("/$JOB_NAME.html"), pagesRead());
    }
}
