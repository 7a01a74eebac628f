package io.jenkins.plugins.cachepurge.cdn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnamePortSpecification;
import hudson.model.Result;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SecretLeakCheck;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import io.jenkins.plugins.cachepurge.report.OperationReport;
import io.jenkins.plugins.cachepurge.report.ReportStatus;
import io.jenkins.plugins.cachepurge.simulator.CacheSimulator;
import io.jenkins.plugins.cachepurge.simulator.CacheSimulator.Kind;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** Headers and secrets for caches, tags, and what a build says if nothing was cached. */
@ExtendWith(SharedJenkins.class)
class CacheOptionsInJenkinsTest {

    private static final String WARNING =
            "Varnish had nothing cached of path /a. Usual causes: nobody has requested them since they were last purged;"
                    + " or another host than in the visitors' browser (host); or a hash or key of the cache with the scheme or with another header (headers).";

    private final SimulatedServices services = new SimulatedServices();
    private final FaultInjectingService cache = new FaultInjectingService(new CacheSimulator(Kind.VARNISH, true));
    private final SimServer server = SimServer.start(cache);
    private JenkinsRule j;
    private PipelineJobs jobs;

    @BeforeEach
    void jenkins(JenkinsRule rule) throws Exception {
        j = rule;
        jobs = new PipelineJobs(j, services);
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of(server.url().toString()));
        SimulatedServices.add(SimulatedServices.secretText("token", CacheSimulator.PASSWORD));
    }

    @AfterEach
    void close() {
        server.close();
        services.close();
    }

    private String step(String more, String selection) {
        return "cdnPurge cdn: varnish(url: '%s', host: 'www.example.org', credentialsId: 'token', credentialsHeader: 'X-Purge-Token'%s), %s"
                .formatted(server.url(), more, selection);
    }

    private void visit(String path) {
        cache.handle(new SimRequest(
                "GET",
                path,
                Map.of(),
                Map.of("Host", List.of("www.example.org"), "X-Forwarded-Proto", List.of("https")),
                new byte[0]));
    }

    private static List<OperationReport> reports(WorkflowRun run) {
        return run.getAction(CachePurgeAction.class).getOperations();
    }

    private static List<String> warnings(WorkflowRun run) {
        return new DepthFirstScanner()
                .allNodes(run.getExecution()).stream()
                        .map(node -> node.getPersistentAction(WarningAction.class))
                        .filter(action -> action != null)
                        .map(WarningAction::getMessage)
                        .toList();
    }

    /** The build stays green; the step, the page and the console warn. */
    @Test
    void warnsOfWhatWasNotCached() throws Exception {
        WorkflowRun run =
                jobs.succeed("def purged = " + step("", "paths: ['/a']") + "\necho \"NOT CACHED ${purged.notCached}\"");
        j.assertLogContains("WARNING: " + WARNING, run);
        j.assertLogContains("NOT CACHED [/a]", run);
        assertEquals(List.of(WARNING), warnings(run));
        OperationReport report = reports(run).get(0);
        assertEquals(ReportStatus.WARNING, report.getState());
        assertEquals("path /a in one request: not cached. " + WARNING, report.getMessage());
        String page = j.createWebClient().getPage(run).asXml();
        assertTrue(page.contains("Done with a warning"), page);
    }

    @Test
    void failsOrSaysNothingOnRequest() throws Exception {
        WorkflowRun failed = jobs.run(Result.FAILURE, step(", notCached: 'fail'", "paths: ['/a']"));
        assertTrue(
                PipelineJobs.error(failed)
                        .startsWith("Varnish was asked to purge path /a at %s and found nothing cached."
                                .formatted(server.url().toString().replaceFirst("/$", ""))),
                PipelineJobs.error(failed));
        WorkflowRun silent = jobs.succeed(step(", notCached: 'ok'", "paths: ['/a']"));
        assertEquals(List.of(), warnings(silent));
        j.assertLogNotContains("WARNING", silent);
        assertEquals(ReportStatus.DONE, reports(silent).get(0).getState());
    }

    /** Domains may have credentials with the same id: a secret goes to no server of another domain. */
    @Test
    void noInstanceGetsTheSecretOfAnother() throws Exception {
        FaultInjectingService other = new FaultInjectingService(new CacheSimulator(Kind.VARNISH, true));
        try (SimServer second = SimServer.start(other)) {
            CredentialsStore store =
                    CredentialsProvider.lookupStores(j.jenkins).iterator().next();
            for (SimServer each : List.of(server, second)) {
                String authority = each.url().getAuthority();
                store.addDomain(
                        new Domain(authority, "", List.of(new HostnamePortSpecification(authority, null))),
                        SimulatedServices.secretText("twice", "secret-of-" + authority));
            }
            List<String> urls = List.of(server.url().toString(), second.url().toString());
            CachePurgeConfiguration.get().setAllowedApiUrls(urls);
            WorkflowRun run = jobs.run(
                    Result.FAILURE,
                    "cdnPurge cdn: varnish(urls: ['%s', '%s'], host: 'www.example.org', credentialsId: 'twice', credentialsHeader: 'X-Purge-Token'), paths: ['/a']"
                            .formatted(urls.toArray()));
            assertEquals(
                    "credentialsId: there are several 'twice', and none belongs to a domain that includes all of %s, %s"
                            .formatted(urls.toArray()),
                    PipelineJobs.error(run));
            assertEquals(0, cache.requests().size() + other.requests().size());
        }
    }

    @Test
    void headersFindThePage() throws Exception {
        visit("/a");
        WorkflowRun run =
                jobs.succeed(step(", headers: ['X-Forwarded-Proto': 'https', 'X-Number': 1]", "paths: ['/a']"));
        j.assertLogContains("path /a in one request: purged", run);
        SimRequest purge = cache.requests("PURGE").get(0);
        assertEquals("https", purge.header("X-Forwarded-Proto").orElseThrow());
        assertEquals("1", purge.header("X-Number").orElseThrow());
        assertEquals(List.of(), warnings(run));
    }

    @Test
    void headersInDeclarativePipeline() throws Exception {
        visit("/a");
        WorkflowRun run =
                jobs.succeed("""
                pipeline {
                    agent none
                    stages {
                        stage('purge') {
                            steps {
                                %s
                            }
                        }
                    }
                }
                """.formatted(step(", headers: ['X-Forwarded-Proto': 'https']", "paths: ['/a']")));
        j.assertLogContains("path /a in one request: purged", run);
    }

    @Test
    void tagsArePurged() throws Exception {
        visit("/article-7/home");
        WorkflowRun run = jobs.succeed(step("", "tags: ['article-7', 'other']"));
        j.assertLogContains("2 tags in one request: purged", run);
        assertEquals(
                "article-7 other",
                cache.requests("PURGE").get(0).header("X-Purge-Tags").orElseThrow());
    }

    /** The name has no address, so that only the listed one can be asked. */
    @Test
    void listedAddressIsAskedForTheName() throws Exception {
        String url = server.url().toString();
        String named = url.replace("127.0.0.1", "caches.invalid");
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of(url, named));
        visit("/a");
        WorkflowRun run =
                jobs.succeed(step(", headers: ['X-Forwarded-Proto': 'https'], addresses: '127.0.0.1'", "paths: ['/a']")
                        .replace(url, named));
        j.assertLogContains("path /a in one request: purged", run);
        assertEquals(1, cache.requests("PURGE").size());
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of(named));
        assertEquals(
                "addresses: '%s' is not approved; an administrator can approve it under Manage Jenkins » System » Cache Purge"
                        .formatted(url),
                PipelineJobs.error(jobs.run(
                        Result.FAILURE,
                        step(", addresses: '127.0.0.1'", "paths: ['/a']").replace(url, named))));
    }

    /** What the cache repeats is masked, in whatever it is said. */
    @Test
    void secretOfTheHeaderIsNowhere() throws Exception {
        cache.failEvery(
                request -> request.method().equals("PURGE"),
                (request, service) -> SimResponse.json(
                        403,
                        Map.of(
                                "message",
                                "no: " + request.header("X-Purge-Token").orElse("none"))));
        WorkflowRun run = jobs.run(Result.FAILURE, step("", "paths: ['/a']"));
        j.assertLogContains("answered HTTP 403: no: ****", run);
        new SecretLeakCheck(j).assertNone(run, CacheSimulator.PASSWORD);
    }

    @Test
    void parametersThatCannotBeMeant() throws Exception {
        String url = server.url().toString();
        List<String> messages = jobs
                .attempts(List.of(
                        "cdnPurge cdn: varnish(url: '%s', headers: ['Host': 'a']), paths: ['/a']".formatted(url),
                        "cdnPurge cdn: varnish(url: '%s', headers: ['X-A: 1', 'x-a: 2']), paths: ['/a']".formatted(url),
                        "cdnPurge cdn: varnish(url: '%s', credentialsHeader: 'X-A'), paths: ['/a']".formatted(url),
                        "cdnPurge cdn: varnish(url: '%s', notCached: 'never'), paths: ['/a']".formatted(url),
                        "cdnPurge cdn: varnish(url: '%s', dialect: 'typo3'), paths: ['/a']".formatted(url),
                        "cdnPurge cdn: varnish(url: '%s', dialect: 'magento'), paths: ['/a']".formatted(url),
                        "cdnPurge cdn: varnish(url: '%s', host: 'a', dialect: 'magento'), all: true".formatted(url),
                        "cdnPurge cdn: varnish(url: '%s', dialect: 'drupal'), tags: ['a'], soft: true".formatted(url),
                        "cdnPurge cdn: varnish(url: '%s'), tags: ['a,b']".formatted(url),
                        "cdnPurge cdn: squid(url: '%s'), tags: ['a']".formatted(url)))
                .stream()
                .map(PipelineJobs.Attempt::message)
                .toList();
        assertEquals(
                List.of(
                        "headers: must not contain Host, which the plugin sets itself or which belongs to the connection",
                        "headers: must not contain x-a twice",
                        "credentialsHeader: needs credentialsId, the id of a secret text",
                        "notCached: must be ok, warn or fail, but was 'never'",
                        "dialect: must be one of fosHttpCache, fosXkey, drupal, magento, shopware, apiPlatform, but was 'typo3'",
                        "paths: are not supported by the dialect magento of Varnish; it supports tags",
                        "host: must be left out, since the dialect magento can only purge everything of all hosts",
                        "soft: is not supported by the dialect drupal of Varnish for these; remove soft",
                        "tags: 'a,b' must be at most 7500 printable ASCII characters without blanks and commas",
                        "tags: Squid cannot purge by tags; it supports paths, urls"),
                messages);
        assertEquals(0, cache.requests("PURGE").size());
    }
}
