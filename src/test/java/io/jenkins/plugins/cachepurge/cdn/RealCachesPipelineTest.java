package io.jenkins.plugins.cachepurge.cdn;

import static io.jenkins.plugins.cachepurge.caches.PageFetcher.sees;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Result;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.caches.CacheProcess;
import io.jenkins.plugins.cachepurge.caches.CacheSoftware;
import io.jenkins.plugins.cachepurge.caches.OriginServer;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Pipelines that purge real caches. */
@ExtendWith(SharedJenkins.class)
class RealCachesPipelineTest {

    private final SimulatedServices services = new SimulatedServices();
    private final OriginServer origin = new OriginServer();
    private final List<AutoCloseable> running = new ArrayList<>(List.of(services, origin));
    private JenkinsRule j;
    private PipelineJobs jobs;

    @BeforeEach
    void jenkins(JenkinsRule rule) {
        j = rule;
        jobs = new PipelineJobs(j, services);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : running) {
            one.close();
        }
    }

    private String start(CacheSoftware software, String purger) {
        CacheProcess cache = CacheProcess.start(software, origin, purger);
        running.add(cache);
        return cache.url();
    }

    /** What is purged is new; with one instance, with two, with one down, with one that forbids it. */
    @ParameterizedTest
    @EnumSource
    void visitorsGetTheNewPage(CacheSoftware software) throws Exception {
        assumeTrue(software.installed(), () -> software + " is not installed");
        String one = start(software, CacheProcess.ME);
        String two = start(software, CacheProcess.ME);
        String closed = start(software, CacheProcess.SOMEBODY_ELSE);
        String down = "http://127.0.0.1:" + CacheProcess.portOfNobody();
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of(one, two, closed, down));
        for (String cache : List.of(one, two, closed)) {
            sees(cache, "/a");
            sees(cache, "/b");
        }
        origin.change();

        j.assertLogContains(
                "RESULT purged purged [%s/purged]".formatted(one),
                succeed(software, "url: '%s', host: 'www.example.org'".formatted(one), "paths: ['/a']"));
        assertEquals("edition 2 of /a", sees(one, "/a"));
        assertEquals("edition 1 of /b", sees(one, "/b"));
        assertEquals("edition 1 of /a", sees(two, "/a"));

        String both = "urls: ['%s', '%s']".formatted(one, two);
        WorkflowRun run = succeed(software, both, "urls: ['http://www.example.org/b', 'http://www.example.org/c']");
        j.assertLogContains("2 URLs in 4 requests: purged (2 purged, 2 not cached)", run);
        assertEquals("edition 2 of /b", sees(one, "/b"));
        assertEquals("edition 2 of /b", sees(two, "/b"));
        assertEquals("edition 1 of /a", sees(two, "/a"));

        String withOneDown = "urls: ['%s', '%s'], host: 'www.example.org'".formatted(down, two);
        String error = fail(software, withOneDown, "paths: ['/a'], timeout: 10");
        assertThat(error, allOf(containsString(down + "/a could not be reached"), containsString("purged at: " + two)));
        assertEquals("edition 2 of /a", sees(two, "/a"));

        String withOneClosed = "urls: ['%s', '%s'], host: 'www.example.org'".formatted(closed, two);
        origin.change();
        assertThat(
                fail(software, withOneClosed, "paths: ['/a']"),
                allOf(containsString(closed + " and answered HTTP 403"), endsWith("Purged at: %s.".formatted(two))));
        assertEquals("edition 1 of /a", sees(closed, "/a"));
        assertEquals("edition 3 of /a", sees(two, "/a"));
    }

    private WorkflowRun succeed(CacheSoftware software, String where, String what) throws Exception {
        return jobs.succeed("""
                def purge = cdnPurge cdn: %s(%s), %s
                echo "RESULT ${purge.status} ${purge.requests[0].status} ${purge.requests.collect { it.id + '/' + it.status }}"
                """.formatted(software.symbol(), where, what));
    }

    private String fail(CacheSoftware software, String where, String what) throws Exception {
        return PipelineJobs.error(
                jobs.run(Result.FAILURE, "cdnPurge cdn: %s(%s), %s".formatted(software.symbol(), where, what)));
    }
}
