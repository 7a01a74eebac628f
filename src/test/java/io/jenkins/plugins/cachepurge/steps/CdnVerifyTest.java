package io.jenkins.plugins.cachepurge.steps;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.cdn.VarnishProvider;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.freestyle.CdnVerifyBuilder;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import io.jenkins.plugins.cachepurge.site.Site;
import io.jenkins.plugins.cachepurge.site.SitesConfiguration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** The step {@code cdnVerify} in a Jenkinsfile, in the form and in a freestyle job. */
@ExtendWith(SharedJenkins.class)
class CdnVerifyTest {

    private final Map<String, Function<SimRequest, SimResponse>> pages = new ConcurrentHashMap<>();
    private final FaultInjectingService website = new FaultInjectingService(SimService.of(
            "website",
            request -> pages.getOrDefault(request.path(), unused -> SimResponse.text(404, "text/html", "not found"))
                    .apply(request)));
    private final SimServer server = SimServer.start(website);
    private JenkinsRule j;

    @BeforeEach
    void approve(JenkinsRule rule) {
        j = rule;
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of(server.url().toString()));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void page(String path, String body) {
        pages.put(path, request -> SimResponse.text(200, "text/html", body));
    }

    private WorkflowRun run(Result expected, String jenkinsfile) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(
                new CpsFlowDefinition(jenkinsfile.replace("SITE", server.url().toString()), true));
        return j.buildAndAssertStatus(expected, job);
    }

    private List<String> failures(List<String> steps) throws Exception {
        List<String> errors = PipelineJobs.errors(run(Result.FAILURE, PipelineJobs.failing(steps)));
        assertEquals(steps.size(), errors.size(), errors.toString());
        return errors;
    }

    @Test
    void pagesWithATextAndHeaders() throws Exception {
        pages.put(
                "/version.txt",
                request -> SimResponse.text(
                                200,
                                "text/plain",
                                "commit abc "
                                        + request.header("Accept-Language").orElse(""))
                        .withHeader("X-Version", "42")
                        .withHeader("Age", "3")
                        .withHeader("X-Cache", "HIT"));
        WorkflowRun run = run(Result.SUCCESS, """
                def commit = 'abc'
                def pages = cdnVerify urls: ["SITE/version.txt?a=${1}"], body: "commit ${commit}", headers: ['X-Version': "${42}"],
                                      requestHeaders: [['Accept-Language': 'de'], ['Accept-Language': 'en']], times: 1
                echo "found ${pages[0].keySet()} ${pages*.status} ${pages*.age} ${pages*.cacheStatus} ${pages*.tries} ${pages*.requestHeaders}"
                """);
        j.assertLogContains(
                "found [url, requestHeaders, status, age, etag, cacheStatus, served, tries] [200, 200] [3, 3] [hit, hit] [1, 1] [[Accept-Language:de], [Accept-Language:en]]",
                run);
    }

    @Test
    void filesOfTheWorkspace() throws Exception {
        page("/", "start");
        page("/blog/a.html", "a");
        WorkflowRun run = run(Result.SUCCESS, """
                node {
                    writeFile file: 'dist/index.html', text: 'start'
                    writeFile file: 'dist/blog/a.html', text: 'a'
                    cdnVerify urls: ['SITE/', 'SITE/blog/a.html'], dir: 'dist', times: 1
                    cdnVerify urls: ['SITE/blog/a.html'], file: 'dist/blog/a.html', times: 1
                }
                """);
        j.assertLogContains("2 pages are as expected", run);
        WorkflowRun wrong = run(Result.FAILURE, """
                node {
                    writeFile file: 'dist/index.html', text: 'new'
                    cdnVerify urls: ['SITE/'], dir: 'dist', timeout: 2
                }
                """);
        j.assertLogContains("not the expected version: SHA-256", wrong);
        assertFalse(j.getLog(wrong).contains("start\n"));
    }

    @Test
    void filesNeedANode() throws Exception {
        List<String> errors = failures(List.of(
                "cdnVerify urls: ['SITE/'], file: 'a'",
                "node { cdnVerify urls: ['SITE/'], file: 'none.txt' }",
                "node { cdnVerify urls: ['SITE/'], file: '../secret' }"));
        assertThat(errors.get(0), containsString("file: needs the workspace of a node"));
        assertThat(errors.get(1), containsString("file: the workspace has no file 'none.txt'"));
        assertThat(errors.get(2), containsString("file: must be a path below the directory of the step"));
        assertEquals(0, website.requests().size());
    }

    /** Nobody reads what is inside, whatever the Jenkinsfile says. */
    @Test
    void onlyApprovedPagesAreRead() throws Exception {
        List<String> errors = failures(Stream.of(
                        "http://169.254.169.254/latest/meta-data/",
                        "http://127.0.0.1:1/",
                        "http://localhost:" + server.url().getPort() + "/",
                        "https://www.example.org/")
                .map("cdnVerify urls: ['%s'], body: 'x'"::formatted)
                .toList());
        for (String error : errors) {
            assertThat(error, containsString("is not approved; an administrator can approve it"));
        }
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of(server.url() + "/public"));
        failures(Stream.of("/", "/public-not", "/public/..%2fsecret", "/public/%2e%2e/secret")
                .map("cdnVerify urls: ['SITE%s'], body: 'x'"::formatted)
                .toList());
        assertEquals(0, website.requests().size());
    }

    /** A site is where visitors find it: its name must not lead inside. */
    @Test
    void aSiteMustNotLeadInside() throws Exception {
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of());
        VarnishProvider varnish = new VarnishProvider();
        varnish.setUrl(server.url().toString());
        SitesConfiguration.get()
                .setSites(List.of(new Site("www", List.of(server.url().toString()), List.of(varnish))));
        WorkflowRun run = run(Result.FAILURE, "cdnVerify site: 'www', paths: ['/'], body: 'x', timeout: 20");
        j.assertLogContains("but the host 127.0.0.1 has the address 127.0.0.1, which is local. Nothing was sent.", run);
        assertEquals(0, website.requests().size());
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of(server.url().toString()));
        page("/", "x");
        run(Result.SUCCESS, "cdnVerify site: 'www', paths: ['/'], body: 'x', timeout: 20");
    }

    @Test
    void whatCannotBeUsedIsRefused() throws Exception {
        Map<String, String> wrong = new HashMap<>(Map.of(
                "urls: ['SITE/']", "body: is required; expect something of the pages",
                "body: 'x'", "urls: is required; name URLs, or a site and paths",
                "paths: ['/'], body: 'x'", "site: is required, such as site: 'www'; paths are those of a site",
                "urls: ['SITE/'], sha256: 'abc'", "sha256: must be 64 hexadecimal digits",
                "urls: ['SITE/'], body: 'x', times: 0", "times: must be a number from 1 to 100",
                "urls: ['SITE/'], newerThan: 'yesterday'", "newerThan: must be the result of a purge",
                "urls: ['SITE/'], body: 'x', headers: 'x'", "headers: must be a map of names and values",
                "urls: ['SITE/'], body: 'x', requestHeaders: 'x'",
                        "requestHeaders: must be a map of names and values, each value a text, or a list of such maps",
                "urls: ['SITE/'], body: 'x', requestHeaders: [Authorization: 'x']",
                        "requestHeaders: must not contain Authorization",
                "urls: ['SITE/'], body: 'x', cdn: varnish(url: 'SITE')",
                        "cdn: Varnish has no check of all its places"));
        wrong.put("urls: ['SITE/'], body: '$VERSION'", "body: has a variable that was not replaced");
        wrong.put("urls: ['SITE/'], etag: '${VERSION}'", "etag: has a variable that was not replaced");
        wrong.put(
                "urls: ['SITE/'], headers: ['X-P': ['a', 'b']]",
                "headers: must be a map of names and values, each value");
        wrong.put(
                "urls: ['SITE/'], headers: ['X-P': env.NOPE]",
                "headers: must be a map of names and values, each value");
        wrong.put(
                "urls: ['SITE/'], body: 'x', requestHeaders: ['Accept-Language': ['de', 'en']]",
                "requestHeaders: must be a map of names and values, each value a text, or a list of such maps");
        List<String> arguments = List.copyOf(wrong.keySet());
        List<String> errors =
                failures(arguments.stream().map("cdnVerify "::concat).toList());
        for (int i = 0; i < arguments.size(); i++) {
            assertThat(arguments.get(i), errors.get(i), containsString(wrong.get(arguments.get(i))));
        }
        assertThat(
                failures(List.of("cdnVerify urls: ['SITE/'], etag: 'a b'")).get(0),
                containsString("etag: must be printable ASCII characters without blanks"));
        assertEquals(0, website.requests().size());
    }

    @Test
    void newerThanAPurge() throws Exception {
        pages.put("/", request -> SimResponse.text(200, "text/html", "x").withHeader("Age", "0"));
        WorkflowRun run = run(
                Result.SUCCESS, """
                def purge = [startedAt: System.currentTimeMillis()]
                cdnVerify urls: ['SITE/'], newerThan: purge
                """.replace("System.currentTimeMillis()", Long.toString(System.currentTimeMillis())));
        j.assertLogContains("the page is as expected", run);
    }

    @Test
    void anAbortedStepAsksNoMore() throws Exception {
        page("/", "old");
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("cdnVerify urls: ['%s/'], body: 'new'".formatted(server.url()), true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        j.waitForMessage("not the expected version: without the expected text", run);
        run.getExecutor().interrupt();
        j.waitForCompletion(run);
        j.assertBuildStatus(Result.ABORTED, run);
        int asked = website.requests().size();
        run(Result.SUCCESS, "sleep 3");
        assertTrue(website.requests().size() <= asked + 1, "a request that was under way at most");
    }

    @Test
    void aFreestyleJob() throws Exception {
        page("/", "build 1");
        CdnVerifyStep step = new CdnVerifyStep();
        step.setUrls(server.url() + "/");
        step.setBody("build $BUILD_NUMBER");
        FreeStyleProject job = j.createFreeStyleProject();
        job.getBuildersList().add(new CdnVerifyBuilder(step));
        j.assertLogContains("the page is as expected", j.buildAndAssertSuccess(job));
    }

    private static CdnVerifyStep full() {
        CdnVerifyStep step = new CdnVerifyStep();
        step.setUrls("https://www.example.org/a", "https://www.example.org/b");
        step.setStatus(404);
        step.setBody("gone");
        step.setEtag("\"a\"");
        step.setHeaders(Map.of("X-Version", "42"));
        step.setNewerThan(1_700_000_000_000L);
        step.setTimes(3);
        step.setRequestHeaders(List.of(Map.of("Accept-Language", "de"), Map.of("Accept-Language", "en")));
        step.setTimeout(60);
        return step;
    }

    @Test
    void theFormChecksWhatTheBuildWouldRefuse() {
        CdnVerifyStep.DescriptorImpl form = j.jenkins.getDescriptorByType(CdnVerifyStep.DescriptorImpl.class);
        assertEquals(
                "must be a time such as 2026-11-26T10:15:30Z, or milliseconds since 1970, but was &#039;yesterday&#039;",
                form.doCheckNewerThan(null, "yesterday").getMessage());
        assertEquals(FormValidation.Kind.OK, form.doCheckNewerThan(null, "2026-11-26T10:15:30Z").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckNewerThan(null, "").kind);
        for (String wrong : List.of("a b", "gr\u00fcn")) {
            assertEquals(FormValidation.Kind.ERROR, form.doCheckEtag(null, wrong).kind, wrong);
        }
        assertEquals(FormValidation.Kind.OK, form.doCheckEtag(null, "W/\"5f3\"").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckEtag(null, "").kind);
    }

    @Test
    void theForm() throws Exception {
        CdnVerifyStep shown = new StepConfigTester(j).configRoundTrip(full());
        assertEquals(full().getUrls(), shown.getUrls());
        assertEquals(full().getHeaders(), shown.getHeaders());
        assertEquals(full().getRequestHeaders(), shown.getRequestHeaders());
        assertEquals(404, shown.getStatus());
        assertEquals(3, shown.getTimes());
        assertEquals(60, shown.getTimeout());
        assertEquals("1700000000000", shown.getNewerThan());
        assertEquals("\"a\"", shown.getEtag());
    }

    @Test
    void theSnippetGenerator() throws Exception {
        CdnVerifyStep step = new CdnVerifyStep();
        step.setUrls("https://www.example.org/a");
        step.setHeaders(Map.of("X-Version", "42"));
        step.setRequestHeaders(Map.of("Accept-Language", "de"));
        new SnippetizerTester(j)
                .assertRoundTrip(
                        step,
                        "cdnVerify headers: ['X-Version': '42'], requestHeaders: ['Accept-Language': 'de'], urls: ['https://www.example.org/a']");
    }
}
