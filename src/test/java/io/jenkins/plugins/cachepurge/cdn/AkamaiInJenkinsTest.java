package io.jenkins.plugins.cachepurge.cdn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import hudson.model.Result;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SecretLeakCheck;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.credentials.AkamaiApiCredentials;
import io.jenkins.plugins.cachepurge.simulator.AkamaiSimulator;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.RecordedAkamaiPurge;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.net.URL;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** Akamai in a Jenkins: the types of its credentials, where they may be sent, and that nothing keeps them. */
@ExtendWith(SharedJenkins.class)
class AkamaiInJenkinsTest {

    private final AkamaiSimulator akamai =
            AkamaiSimulator.demo(InstantSource.system()).purgeTakes(0).addCpCode(7);
    private final FaultInjectingService wire = new FaultInjectingService(akamai);
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

    private WorkflowRun run(Result expected, String step) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(step, true));
        return j.buildAndAssertStatus(expected, job);
    }

    private String failure(String step) throws Exception {
        return PipelineJobs.error(run(Result.FAILURE, step));
    }

    @Test
    void eachTypeOfCredentialsSigns() throws Exception {
        SimulatedServices.add(CdnCases.akamaiCredentials("own", url()));
        SimulatedServices.add(CdnCases.secretFile("file", ConnectionCheckTest.edgeRc("default", url())));
        SimulatedServices.add(SimulatedServices.secretText("text", ConnectionCheckTest.edgeRc("ccu", url() + "/")));
        run(Result.SUCCESS, """
                cdnPurge cdn: akamai(credentialsId: 'own', cpCodes: [123456, '7']), all: true, soft: true
                cdnPurge cdn: akamai(credentialsId: 'file', network: 'staging'), tags: ['a']
                cdnPurge cdn: akamai(credentialsId: 'text', section: 'ccu', cpCodes: 123456), all: true
                """);
        assertEquals(
                List.of(
                        "invalidate cpcode production [123456, 7]",
                        "delete tag staging [a]",
                        "delete cpcode production [123456]"),
                akamai.purges().stream().map(AkamaiInJenkinsTest::text).toList());
        for (Credentials used : SystemCredentialsProvider.getInstance().getCredentials()) {
            assertNotNull(CredentialsProvider.getFingerprintOf(used), "their use is recorded");
        }
    }

    private static String text(RecordedAkamaiPurge purge) {
        return String.join(
                " ",
                purge.action(),
                purge.type(),
                purge.network(),
                purge.objects().toString());
    }

    /** Whoever may create credentials in a folder must not be able to send those of others anywhere. */
    @Test
    void aHostThatNobodyApprovedIsSentNothing() throws Exception {
        SimulatedServices.add(CdnCases.akamaiCredentials("other", "https://akamai.example.org"));
        SimulatedServices.add(CdnCases.akamaiCredentials("plain", "http://akab-1.luna.akamaiapis.net"));
        assertEquals(
                "credentialsId: 'other' names https://akamai.example.org, which is neither Akamai's own nor approved; an administrator can approve it under Manage Jenkins » System » Cache Purge",
                failure("cdnPurge cdn: akamai(credentialsId: 'other'), tags: ['a']"));
        assertTrue(failure("cdnPurge cdn: akamai(credentialsId: 'plain'), tags: ['a']")
                .contains("http://akab-1.luna.akamaiapis.net, which is neither"));
        assertEquals(0, wire.requests().size());
    }

    @Test
    void theDomainMustIncludeTheHostThatTheCredentialsName() throws Exception {
        CredentialsStore store =
                CredentialsProvider.lookupStores(j.jenkins).iterator().next();
        store.addDomain(
                new Domain("ours", "", List.of(new HostnameSpecification("127.0.0.1", null))),
                CdnCases.akamaiCredentials("ours", url()));
        store.addDomain(
                new Domain("vendor", "", List.of(new HostnameSpecification("*.akamaiapis.net", null))),
                CdnCases.akamaiCredentials("vendor", url()));
        run(Result.SUCCESS, "cdnPurge cdn: akamai(credentialsId: 'ours'), tags: ['a']");
        assertEquals(
                "credentialsId: 'vendor' belongs to a domain that does not include " + url(),
                failure("cdnPurge cdn: akamai(credentialsId: 'vendor'), tags: ['a']"));
    }

    @Test
    void credentialsThatCannotBeUsedAreNamed() throws Exception {
        SimulatedServices.add(CdnCases.secretFile("file", "[default]\nhost akab"));
        assertEquals(
                "credentialsId: 'file' cannot be used: .edgerc: line 2 is neither a [section] nor name = value",
                failure("cdnPurge cdn: akamai(credentialsId: 'file'), tags: ['a']"));
        assertEquals(
                "credentialsId: there are no credentials 'non…' that this job can use; use the id, not the secret, of \"Akamai API credentials\", a \"Secret file\" or a \"Secret text\" in the job's folder or in Jenkins",
                failure("cdnPurge cdn: akamai(credentialsId: 'none'), tags: ['a']"));
        assertEquals(
                "cpCodes: must be a number of at least 1, but was 'x'",
                failure("cdnPurge cdn: akamai(credentialsId: 'file', cpCodes: ['x']), all: true"));
        assertEquals(0, wire.requests().size());
    }

    @Test
    void noFileOfABuildHasASecret() throws Exception {
        SimulatedServices.add(CdnCases.akamaiCredentials("own", url()));
        WorkflowRun good = run(Result.SUCCESS, "cdnPurge cdn: akamai(credentialsId: 'own'), tags: ['a']");
        wire.failEvery(request -> true, UsualFaults.echoing("Authorization", 403));
        WorkflowRun echoed = run(Result.FAILURE, "cdnPurge cdn: akamai(credentialsId: 'own'), tags: ['a']");
        List<String> secrets = List.of(
                AkamaiSimulator.DEMO_CLIENT_TOKEN,
                AkamaiSimulator.DEMO_CLIENT_SECRET,
                AkamaiSimulator.DEMO_ACCESS_TOKEN);
        List<String> signatures = wire.requests().stream()
                .map(request -> request.header("Authorization").orElseThrow())
                .map(header -> header.substring(header.indexOf("signature=") + "signature=".length()))
                .toList();
        SecretLeakCheck leaks = new SecretLeakCheck(j);
        leaks.assertNone(good, secrets);
        leaks.assertNone(
                echoed, Stream.concat(secrets.stream(), signatures.stream()).toList());
    }

    @Test
    void theFormOfTheCredentialsShowsAndLosesNoSecret() throws Exception {
        SimulatedServices.add(CdnCases.akamaiCredentials("own", "akab-1.luna.akamaiapis.net"));
        JenkinsRule.WebClient client = j.createWebClient().withJavaScriptEnabled(false);
        String credential = "credentials/store/system/domain/_/credential/own/";
        HtmlPage page = client.goTo(credential + "updateDialog");
        HtmlForm form = page.getFormByName("updateCredentials");
        JSONObject json = new JSONObject();
        json.put("stapler-class", form.getInputByName("stapler-class").getValue());
        for (String field : List.of("host", "clientToken", "clientSecret", "accessToken", "id", "description")) {
            String value = form.getInputByName("_." + field).getValue();
            json.put(field, field.equals("host") ? "akab-2.luna.akamaiapis.net" : value);
        }
        WebRequest submit = new WebRequest(new URL(j.getURL(), credential + "updateSubmit"), HttpMethod.POST);
        submit.setRequestParameters(List.of(new NameValuePair("json", json.toString())));
        client.addCrumb(submit);
        assertEquals(200, client.getPage(submit).getWebResponse().getStatusCode());
        AkamaiApiCredentials after = CredentialsProvider.lookupCredentialsInItemGroup(
                        AkamaiApiCredentials.class, j.jenkins, hudson.security.ACL.SYSTEM2, List.of())
                .get(0);
        assertEquals("akab-2.luna.akamaiapis.net", after.getHost());
        assertEquals(AkamaiSimulator.DEMO_CLIENT_TOKEN, after.getClientToken().getPlainText());
        assertEquals(AkamaiSimulator.DEMO_CLIENT_SECRET, after.getClientSecret().getPlainText());
        assertEquals(AkamaiSimulator.DEMO_ACCESS_TOKEN, after.getAccessToken().getPlainText());
        String xml = Files.readString(j.jenkins.getRootDir().toPath().resolve("credentials.xml"));
        for (String text : List.of(page.asXml(), xml)) {
            assertFalse(text.contains("demo-client-token"), text);
            assertFalse(text.contains(AkamaiSimulator.DEMO_CLIENT_SECRET), text);
            assertFalse(text.contains("demo-access-token"), text);
        }
    }
}
