package io.jenkins.plugins.cachepurge.steps;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.cdn.VarnishProvider;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.simulator.CacheSimulator;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import io.jenkins.plugins.cachepurge.site.Site;
import io.jenkins.plugins.cachepurge.site.SitesConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** Purges that are followed by a look at the pages, as {@code verify: true} asks for. */
@ExtendWith(SharedJenkins.class)
class VerifiedPurgeTest {

    private static final String BASIC = "Basic c3RhZ2luZzpkZW1vLXBhc3N3b3Jk";

    /** How many answers of a page are still old ones. */
    private final Map<String, Integer> oldAnswers = new ConcurrentHashMap<>();

    private final FaultInjectingService website = new FaultInjectingService(SimService.of("website", this::answer));
    private final SimServer server = SimServer.start(website);
    private final FaultInjectingService cache =
            new FaultInjectingService(new CacheSimulator(CacheSimulator.Kind.VARNISH, false));
    private final SimServer cacheServer = SimServer.start(cache);

    private SimResponse answer(SimRequest request) {
        if (request.path().equals("/staging")
                && !request.header("Authorization").equals(Optional.of(BASIC))) {
            return SimResponse.empty(401);
        }
        boolean old = oldAnswers.merge(request.path(), -1, Integer::sum) >= 0;
        return SimResponse.text(200, "text/html", "page").withHeader("Age", old ? "9000" : "0");
    }

    @AfterEach
    void close() {
        server.close();
        cacheServer.close();
    }

    private void approve() {
        CachePurgeConfiguration.get()
                .setAllowedApiUrls(
                        List.of(server.url().toString(), cacheServer.url().toString()));
    }

    private WorkflowJob job(JenkinsRule j, String jenkinsfile) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                jenkinsfile
                        .replace("CDN", "varnish(url: '%s')".formatted(cacheServer.url()))
                        .replace("SITE", server.url().toString()),
                true));
        return job;
    }

    private List<String> pagesRead() {
        return website.requests().stream()
                .map(SimRequest::path)
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void urlsAreRequestedUntilTheyAreStoredAfterThePurge(JenkinsRule j) throws Exception {
        approve();
        oldAnswers.put("/a", 2);
        WorkflowRun run = j.buildAndAssertSuccess(
                job(j, "echo \"verified ${cdnPurge(cdn: CDN, urls: ['SITE/a', 'SITE/b'], verify: true).verified}\""));
        j.assertLogContains("verified 2", run);
        assertEquals(2, cache.requests().size());
        assertEquals(List.of("/a", "/b"), pagesRead());
        assertTrue(website.requests().size() >= 2 + 2 + 2, "old answers, and two good ones in a row of each page");
    }

    @Test
    void pathsAreRequestedAtTheSite(JenkinsRule j) throws Exception {
        approve();
        VarnishProvider layer = new VarnishProvider();
        layer.setUrl(cacheServer.url().toString());
        SitesConfiguration.get()
                .setSites(List.of(new Site("www", List.of(server.url().toString()), List.of(layer))));
        WorkflowRun run = j.buildAndAssertSuccess(
                job(
                        j,
                        "echo \"verified ${cdnPurge(cdn: site('www'), paths: ['/a', '/b', '/c'], verify: true, verifyAtMost: 2).verified}\""));
        j.assertLogContains("verified 2", run);
        assertEquals(3, cache.requests().size());
        assertEquals(List.of("/a", "/b"), pagesRead());
    }

    @Test
    void aPageThatStaysOldFailsTheBuild(JenkinsRule j) throws Exception {
        approve();
        oldAnswers.put("/a", Integer.MAX_VALUE);
        WorkflowRun run = j.buildAndAssertStatus(
                Result.FAILURE, job(j, "cdnPurge cdn: CDN, urls: ['SITE/a'], verify: true, timeout: 3"));
        assertThat(
                PipelineJobs.error(run),
                containsString(
                        " is done, but not verified: the verification was not over after 3 s (timeout). Last known: "));
        assertThat(
                PipelineJobs.error(run),
                containsString("/a: not the expected version: Age 9000, stored before the purge"));
    }

    @Test
    void aPageThatCannotBeReadFailsTheBuildAfterThePurge(JenkinsRule j) throws Exception {
        approve();
        List<String> approved = new ArrayList<>(CachePurgeConfiguration.get().getAllowedApiUrls());
        approved.add("http://nowhere.invalid");
        CachePurgeConfiguration.get().setAllowedApiUrls(approved);
        WorkflowRun run = j.buildAndAssertStatus(
                Result.FAILURE, job(j, "cdnPurge cdn: CDN, urls: ['http://nowhere.invalid/a'], verify: true"));
        assertEquals(1, cache.requests().size());
        assertThat(PipelineJobs.error(run), containsString(" is done, but not verified: "));
    }

    @Test
    void aVerificationThatIsAbortedSaysThatThePurgeIsDone(JenkinsRule j) throws Exception {
        approve();
        oldAnswers.put("/a", Integer.MAX_VALUE);
        WorkflowRun run = job(j, "cdnPurge cdn: CDN, urls: ['SITE/a'], verify: true")
                .scheduleBuild2(0)
                .waitForStart();
        j.waitForMessage("not the expected version", run);
        run.doStop();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        j.assertLogContains(" is done, but not verified: the verification was aborted. Last known: ", run);
    }

    @Test
    void credentialsAreSentToAnApprovedPage(JenkinsRule j) throws Exception {
        approve();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "staging", "", "staging", "demo-password"));
        WorkflowRun run = j.buildAndAssertSuccess(
                job(j, "cdnVerify urls: ['SITE/staging'], body: 'page', times: 1, credentialsId: 'staging'"));
        assertThat(JenkinsRule.getLog(run), not(containsString("demo-password")));
        assertThat(JenkinsRule.getLog(run), not(containsString(BASIC)));

        WorkflowRun without = j.buildAndAssertStatus(
                Result.FAILURE, job(j, "cdnVerify urls: ['SITE/staging'], body: 'page', timeout: 2"));
        assertThat(PipelineJobs.error(without), containsString("HTTP 401, a login is required"));
    }

    /** Whoever approves a site lets its pages be read, not credentials be sent to them. */
    @Test
    void credentialsAreNotSentToAPageThatIsOnlyOfASite(JenkinsRule j) throws Exception {
        VarnishProvider layer = new VarnishProvider();
        layer.setUrl(cacheServer.url().toString());
        SitesConfiguration.get()
                .setSites(List.of(new Site("www", List.of(server.url().toString()), List.of(layer))));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "staging", "", "staging", "demo-password"));
        WorkflowRun run = j.buildAndAssertStatus(
                Result.FAILURE,
                job(j, "cdnVerify site: 'www', paths: ['/staging'], body: 'page', credentialsId: 'staging'"));
        assertThat(PipelineJobs.error(run), containsString("credentialsId: "));
        assertEquals(List.of(), pagesRead());
    }
}
