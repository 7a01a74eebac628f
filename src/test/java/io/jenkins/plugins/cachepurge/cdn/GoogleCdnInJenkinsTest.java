package io.jenkins.plugins.cachepurge.cdn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import hudson.model.Result;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SecretLeakCheck;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.GoogleCdnSimulator;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.site.Site;
import io.jenkins.plugins.cachepurge.site.SiteFolderProperty;
import io.jenkins.plugins.cachepurge.site.SitesConfiguration;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** Google Cloud CDN in a Jenkins: keys, id tokens, and that nothing keeps what was granted for them. */
@ExtendWith(SharedJenkins.class)
class GoogleCdnInJenkinsTest {

    private final GoogleCdnSimulator google =
            GoogleCdnSimulator.demo(InstantSource.system()).invalidationTakes(Duration.ofSeconds(1));
    private final FaultInjectingService wire = new FaultInjectingService(google);
    private final SimServer server = SimServer.start(wire);
    private JenkinsRule j;

    @BeforeEach
    void approve(JenkinsRule rule) {
        j = rule;
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of(url()));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String url() {
        return server.url().toString();
    }

    private String step(String credentialsId, String more) {
        return "cdnPurge cdn: googleCdn(credentialsId: '%s', project: 'acme-web', urlMap: 'web-map', apiUrl: '%s'%s), paths: ['/a']"
                .formatted(credentialsId, url(), more);
    }

    private WorkflowRun run(Result expected, String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return j.buildAndAssertStatus(expected, job);
    }

    @Test
    void keysAndIdTokensServeAndNoFileOfABuildHasThem() throws Exception {
        SimulatedServices.add(CdnCases.secretFile("key", google.account().jsonKey(url() + "/token")));
        SimulatedServices.add(
                SimulatedServices.secretText("idToken", google.issuer().token(GoogleCdnSimulator.DEMO_SUBJECT)));
        String federated = ", workloadIdentityProvider: '%s', serviceAccount: '%s'"
                .formatted(GoogleCdnSimulator.DEMO_PROVIDER, google.account().email());
        WorkflowRun good = run(Result.SUCCESS, step("key", "") + "\n" + step("idToken", federated));
        assertEquals(
                List.of("/a", "/a"),
                google.invalidations().stream().map(each -> each.selects()).toList());
        wire.failEvery(
                request -> request.path().contains("/urlMaps/"),
                (request, service) -> SimResponse.json(
                        403,
                        Map.of(
                                "error",
                                Map.of(
                                        "message",
                                        request.header("Authorization").orElseThrow()))));
        WorkflowRun echoed = run(Result.FAILURE, step("idToken", federated));
        j.assertLogContains("HTTP 403: Bearer ****", echoed);
        SecretLeakCheck leaks = new SecretLeakCheck(j);
        List<String> secrets = List.of(
                google.account().secret().substring(0, 60),
                google.issuer().token(GoogleCdnSimulator.DEMO_SUBJECT).split("\\.")[0],
                "demo-google-access-token",
                assertion());
        leaks.assertNone(good, secrets);
        leaks.assertNone(echoed, secrets);
    }

    /** The start of what the key has signed. */
    private String assertion() {
        SimRequest request = wire.requests(each -> each.path().equals("/token")).get(0);
        return request.bodyText().split("assertion=")[1].substring(0, 60);
    }

    @Test
    void theDomainMustIncludeTheUrlThatTheKeyNames() throws Exception {
        CredentialsStore store =
                CredentialsProvider.lookupStores(j.jenkins).iterator().next();
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of(url(), "https://token.example.org"));
        store.addDomain(
                new Domain("ours", "", List.of(new HostnameSpecification("127.0.0.1", null))),
                CdnCases.secretFile("ours", google.account().jsonKey("https://token.example.org/token")));
        assertEquals(
                "credentialsId: 'ours' belongs to a domain that does not include https://token.example.org/token",
                PipelineJobs.error(run(Result.FAILURE, step("ours", ""))));
        assertEquals(0, wire.requests().size());
    }

    /** An administrator has entered the site and the key; in a folder both may be of somebody else. */
    @Test
    void onlyASiteOfAFolderNeedsTheApprovalOfTheUrlThatTheKeyNames() throws Exception {
        SimulatedServices.add(CdnCases.secretFile("key", google.account().jsonKey(url() + "/token")));
        SimulatedServices.add(
                CdnCases.secretFile("other", google.account().jsonKey("https://token.example.org/token")));
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of());
        SitesConfiguration.get().setSites(List.of(site("www", "key")));
        run(Result.SUCCESS, "cdnPurge cdn: site('www'), paths: ['/a']");
        assertEquals(1, google.invalidations().size());
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of(url()));
        Folder shop = j.createProject(Folder.class, "shop");
        shop.addProperty(new SiteFolderProperty(List.of(site("shop", "other"))));
        WorkflowJob job = shop.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition("cdnPurge cdn: site('shop'), paths: ['/a']", true));
        String error = PipelineJobs.error(j.buildAndAssertStatus(Result.FAILURE, job));
        assertEquals(
                "The credentials of the layer googleCdn of the site shop (folder shop) cannot be used; an administrator finds the reason in the log of Jenkins",
                error);
        assertEquals(1, google.invalidations().size());
    }

    private Site site(String name, String credentialsId) {
        GoogleCdnProvider layer = new GoogleCdnProvider(credentialsId, "acme-web", "web-map");
        layer.setApiUrl(url());
        return new Site(name, List.of("https://%s.example.org".formatted(name)), List.of(layer));
    }

    @Test
    void wrongParametersAreRefusedBeforeAnythingIsSent() throws Exception {
        SimulatedServices.add(CdnCases.secretFile("key", "{}"));
        assertEquals(
                "credentialsId: 'key' cannot be used: it is not the JSON key of a service account (type service_account)",
                PipelineJobs.error(run(Result.FAILURE, step("key", ""))));
        String wrong = PipelineJobs.error(run(Result.FAILURE, step("key", ", workloadIdentityProvider: 'jenkins'")));
        assertTrue(wrong.startsWith("workloadIdentityProvider: must be projects/NUMBER/"), wrong);
        assertTrue(PipelineJobs.error(run(Result.FAILURE, step("key", "").replace("web-map", "Web")))
                .startsWith("urlMap: must be the name of a URL map"));
        assertEquals(0, wire.requests().size());
    }
}
