package io.jenkins.plugins.cachepurge.cdn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;

/** What changed is purged at each CDN in the form that it takes: pages, then directories, then everything. */
@ExtendWith(SharedJenkins.class)
class ChangedFilesOfEachCdnTest {

    private static final String SCRIPT = """
            def purge(cdn, more) {
                def r = cdnPurge cdn: cdn, changes: changedFiles([dir: 'dist', foldAbove: 3, allowMassDelete: true] + more)
                echo "RESULT ${r.count} ${r.changes.changed} ${r.changes.added}"
            }
            node {
                def cdn = CDN
                def more = MORE
                writeFile file: 'dist/page-a.html', text: '1'
                writeFile file: 'dist/page-b.html', text: '1'
                purge(cdn, more + [first: 'nothing'])
                writeFile file: 'dist/page-a.html', text: '2'
                purge(cdn, more)
                for (int i = 1; i <= 5; i++) { writeFile file: "dist/folder/page-${i}.html", text: '1' }
                purge(cdn, more)
            }
            """;

    private FaultInjectingService wire;
    private SimServer server;
    private JenkinsRule j;

    @BeforeEach
    void jenkins(JenkinsRule rule) {
        j = rule;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static List<CdnCase> cdns() {
        return CdnCases.all();
    }

    @ParameterizedTest
    @MethodSource("cdns")
    void whatChangedIsPurged(CdnCase cdn) throws Exception {
        wire = new FaultInjectingService(cdn.service());
        server = SimServer.start(wire);
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of(server.url().toString()));
        cdn.credentials()
                .apply(server.url().toString())
                .ifPresent(credentials ->
                        SystemCredentialsProvider.getInstance().getCredentials().add(credentials));
        Set<SelectionType> types = EnumSet.copyOf(cdn.chosen().keySet());
        boolean needsUrl = !types.contains(SelectionType.PATHS);
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                SCRIPT.replace("CDN", cdn.at(server.url().toString()))
                        .replace("MORE", needsUrl ? "[url: '%s']".formatted(site(cdn)) : "[:]"),
                true));
        if (needsUrl) {
            assertNeedsUrl(cdn);
        }
        List<String> results = new ArrayList<>();
        WorkflowRun run = j.buildAndAssertSuccess(job);
        JenkinsRule.getLog(run)
                .lines()
                .filter(line -> line.startsWith("RESULT"))
                .forEach(results::add);
        assertEquals(List.of("RESULT 0 0 2", "RESULT 1 1 0"), results.subList(0, 2), JenkinsRule.getLog(run));
        boolean prefixes = types.contains(SelectionType.PREFIXES);
        boolean all = types.contains(SelectionType.ALL);
        String folded = prefixes ? "1" : all ? "0" : "5";
        assertEquals("RESULT %s 0 5".formatted(folded), results.get(2), JenkinsRule.getLog(run));
        j.assertLogContains(
                prefixes
                        ? "1 directory, since 5 pages are more than foldAbove (3)"
                        : all
                                ? "everything, since 5 pages are more than foldAbove (3)"
                                : "5 pages, although 5 pages are more than foldAbove (3), since",
                run);
        String sent =
                wire.requests().stream().map(ChangedFilesOfEachCdnTest::text).collect(Collectors.joining("\n"));
        assertTrue(sent.contains("page-a.html"), sent);
        assertFalse(sent.contains("page-b.html"), sent);
        assertEquals(!prefixes && !all, sent.contains("page-3.html"), sent);
        assertTrue(!prefixes || sent.contains("/folder/"), sent);
    }

    /** Scheme and host of the URLs that the CDN's simulator knows. */
    private static String site(CdnCase cdn) {
        String url = cdn.chosen().get(SelectionType.URLS).get(0);
        URI page = URI.create(url.contains("://") ? url : "https://" + url);
        return page.getScheme() + "://" + page.getHost();
    }

    private void assertNeedsUrl(CdnCase cdn) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "node { cdnPurge cdn: %s, changes: changedFiles('dist') }"
                        .formatted(cdn.at(server.url().toString())),
                true));
        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);
        j.assertLogContains(" purges by URL; set url to where visitors find the files", run);
        assertEquals(List.of(), wire.requests());
    }

    private static String text(SimRequest request) {
        return URLDecoder.decode(request.target(), StandardCharsets.UTF_8) + " " + request.bodyText();
    }
}
