package io.jenkins.plugins.cachepurge.credentials;

import static io.jenkins.plugins.cachepurge.SimulatedServices.DATA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnamePortSpecification;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import com.cloudbees.plugins.credentials.domains.SchemeSpecification;
import hudson.model.Fingerprint;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import io.jenkins.plugins.cachepurge.report.OperationReport;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** Which credentials a build finds, and what is kept of them. */
@ExtendWith(SharedJenkins.class)
class CredentialsTest {

    private static final String PURGE =
            "cdnPurge cdn: scaleway(credentialsId: '%s', pipelineId: SCALEWAY_PIPELINE, apiUrl: SCALEWAY_URL), all: true";
    private static final String PURGE_GOTIPATH =
            "cdnPurge cdn: gotipath(credentialsId: '%s', distributionId: DISTRIBUTION, apiUrl: GOTIPATH_URL), all: true";

    private final SimulatedServices services = new SimulatedServices();
    private JenkinsRule j;
    private PipelineJobs jobs;

    @BeforeEach
    void introduceServices(JenkinsRule rule) throws Exception {
        j = rule;
        jobs = new PipelineJobs(j, services);
        services.introduce();
    }

    @AfterEach
    void closeServices() {
        services.close();
    }

    @Test
    void thoseOfAFolderWorkInItAndNowhereElse() throws Exception {
        Folder folder = j.createProject(Folder.class, "team");
        add(store(folder), Domain.global(), secret("folder-scw"));
        Folder inner = folder.createProject(Folder.class, "inner");
        Folder other = j.createProject(Folder.class, "other");
        String purge = PURGE.formatted("folder-scw");
        j.buildAndAssertSuccess(jobs.define(folder.createProject(WorkflowJob.class, "job"), purge));
        j.buildAndAssertSuccess(jobs.define(inner.createProject(WorkflowJob.class, "job"), purge));
        int sent = services.requests();
        WorkflowRun outside = j.buildAndAssertStatus(
                Result.FAILURE, jobs.define(other.createProject(WorkflowJob.class, "job"), purge));
        String line =
                "credentialsId: there are no credentials 'fol…' that this job can use; use the id, not the secret, of a \"Secret text\" in the job's folder or in Jenkins";
        assertEquals(line, PipelineJobs.error(outside));
        assertEquals(line, PipelineJobs.error(jobs.run(Result.FAILURE, purge)));
        assertEquals(sent, services.requests());
    }

    @Test
    void thoseOfASystemScopeAreNotForJobs() throws Exception {
        SimulatedServices.add(new StringCredentialsImpl(
                CredentialsScope.SYSTEM, "system-scw", "", Secret.fromString(DATA.scalewaySecretKey())));
        String line = PipelineJobs.error(jobs.run(Result.FAILURE, PURGE.formatted("system-scw")));
        assertTrue(line.startsWith("credentialsId: there are no credentials 'sys…'"), line);
        assertEquals(0, services.requests());
    }

    /** What {@code credentials()} puts into a variable, given as the id. */
    @Test
    void secretGivenAsIdIsNotShown() throws Exception {
        String secret = DATA.scalewaySecretKey();
        String text = secret.substring(0, 3);
        WorkflowRun run = jobs.run(
                Result.FAILURE,
                "def id = '%s'.reverse()\n%s"
                        .formatted(new StringBuilder(secret).reverse(), PURGE.formatted("' + id + '")));
        String line = PipelineJobs.error(run);
        assertTrue(line.startsWith("credentialsId: there are no credentials '%s…' that".formatted(text)), line);
        assertFalse(line.contains(secret.substring(0, 4)), line);
        OperationReport report =
                run.getAction(CachePurgeAction.class).getOperations().get(0);
        assertFalse(report.getMessage().contains(secret.substring(0, 4)), report.getMessage());
        String page = j.createWebClient()
                .withJavaScriptEnabled(false)
                .goTo(run.getUrl())
                .getWebResponse()
                .getContentAsString();
        assertFalse(page.contains(secret.substring(0, 8)), page);
        try (Stream<Path> files = Files.list(run.getRootDir().toPath())) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".json")).toList()) {
                assertFalse(Files.readString(file).contains(secret.substring(0, 8)), file.toString());
            }
        }
        String lines = PipelineJobs.error(jobs.run(Result.FAILURE, PURGE.formatted("-----BEGIN s3cret\\nkey")));
        assertFalse(lines.contains("BEGIN"), lines);
        assertEquals(0, services.requests());
    }

    @Test
    void similarIdsAreNamed() throws Exception {
        SimulatedServices.add(SimulatedServices.secretText("scaleway-production", "x"));
        SimulatedServices.add(
                new StringCredentialsImpl(CredentialsScope.SYSTEM, "scaleway-productive", "", Secret.fromString("x")));
        assertEquals(
                "credentialsId: there are no credentials 'Scaleway_production' that this job can use; similar ids: 'scaleway-production'",
                PipelineJobs.error(jobs.run(Result.FAILURE, PURGE.formatted("Scaleway_production"))));
        assertEquals(
                "credentialsId: there are no credentials 'scv' that this job can use; similar ids: 'scw'",
                PipelineJobs.error(jobs.run(Result.FAILURE, PURGE.formatted("scv"))));
        assertEquals(0, services.requests());
    }

    @Test
    void thoseOfADomainAreSentToItAndNowhereElse() throws Exception {
        CredentialsStore store =
                CredentialsProvider.lookupStores(j.jenkins).iterator().next();
        String hostAndPort = services.scalewayUrl().substring("http://".length());
        store.addDomain(
                new Domain(
                        "ours",
                        "",
                        List.of(new SchemeSpecification("http"), new HostnamePortSpecification(hostAndPort, null))),
                secret("ours-scw"));
        store.addDomain(
                new Domain("vendor", "", List.of(new HostnameSpecification("*.scaleway.com", null))),
                secret("vendor-scw"));
        jobs.succeed(PURGE.formatted("ours-scw"));
        int sent = services.requests();
        assertEquals(
                "credentialsId: 'vendor-scw' belongs to a domain that does not include " + services.scalewayUrl(),
                PipelineJobs.error(jobs.run(Result.FAILURE, PURGE.formatted("vendor-scw"))));
        String buddy =
                "buddyClearCache credentialsId: 'ours-scw', workspace: 'acme', project: 'website', pipelineId: 2, apiUrl: BUDDY_URL";
        assertEquals(
                "credentialsId: 'ours-scw' belongs to a domain that does not include " + services.buddyUrl(),
                PipelineJobs.error(jobs.run(Result.FAILURE, buddy)));
        assertEquals(sent, services.requests());
    }

    @Test
    void theirUseIsRecordedAndARotatedOneIsUsedAtOnce() throws Exception {
        // Their use stays known after this test, so they are used in no other.
        SimulatedServices.add(SimulatedServices.secretText("unused", "x"));
        SimulatedServices.add(secret("recorded-scw"));
        SimulatedServices.add(gotipath("recorded-goti"));
        WorkflowRun run = jobs.succeed(PURGE.formatted("recorded-scw"));
        WorkflowRun other = jobs.succeed(PURGE_GOTIPATH.formatted("recorded-goti"));
        assertTrue(fingerprint("recorded-scw")
                .getUsages()
                .get(run.getParent().getFullName())
                .includes(run.getNumber()));
        assertFalse(fingerprint("recorded-scw")
                .getUsages()
                .containsKey(other.getParent().getFullName()));
        assertTrue(fingerprint("recorded-goti")
                .getUsages()
                .get(other.getParent().getFullName())
                .includes(other.getNumber()));
        assertNull(fingerprint("unused"));
        WorkflowRun dry = jobs.succeed(PURGE.formatted("recorded-scw") + ", dryRun: true");
        assertEquals(
                Set.of(run.getParent().getFullName(), dry.getParent().getFullName()),
                fingerprint("recorded-scw").getUsages().keySet());

        SystemCredentialsProvider.getInstance().getCredentials().removeIf(each -> id(each).equals("recorded-scw"));
        SimulatedServices.add(SimulatedServices.secretText("recorded-scw", "not a\nheader"));
        assertTrue(PipelineJobs.error(jobs.run(Result.FAILURE, PURGE.formatted("recorded-scw")))
                .startsWith("credentialsId: 'recorded-scw' cannot be used: "));
    }

    @Test
    void theGotipathFormKeepsWhatIsSecretAndTheDiskHoldsNoneOfIt() throws Exception {
        GotipathApiCredentials before = new GotipathApiCredentials(
                CredentialsScope.GLOBAL,
                "full",
                "for tests",
                "client-1",
                "library-1",
                Secret.fromString("k3y-of-gotipath"));
        before.setBearerToken(Secret.fromString("b3arer-of-gotipath"));
        SimulatedServices.add(before);
        JenkinsRule.WebClient client = j.createWebClient().withJavaScriptEnabled(false);
        String credential = "credentials/store/system/domain/_/credential/full/";
        HtmlPage page = client.goTo(credential + "updateDialog");
        assertFalse(page.asXml().contains("k3y-of-gotipath"));
        assertFalse(page.asXml().contains("b3arer-of-gotipath"));
        HtmlForm form = page.getFormByName("updateCredentials");
        JSONObject json = new JSONObject();
        json.put("stapler-class", form.getInputByName("stapler-class").getValue());
        for (String field : List.of("clientId", "libraryId", "apiKey", "bearerToken", "id", "description")) {
            String value = form.getInputByName("_." + field).getValue();
            json.put(field, field.equals("clientId") ? "client-2" : value);
        }
        WebRequest submit = new WebRequest(new URL(j.getURL(), credential + "updateSubmit"), HttpMethod.POST);
        submit.setRequestParameters(List.of(new NameValuePair("json", json.toString())));
        client.addCrumb(submit);
        assertEquals(200, client.getPage(submit).getWebResponse().getStatusCode());
        GotipathApiCredentials after = find("full");
        assertEquals("client-2", after.getClientId());
        assertEquals("library-1", after.getLibraryId());
        assertEquals("for tests", after.getDescription());
        assertEquals("k3y-of-gotipath", after.getApiKey().getPlainText());
        assertEquals("b3arer-of-gotipath", after.getBearerToken().getPlainText());
        String xml = Files.readString(j.jenkins.getRootDir().toPath().resolve("credentials.xml"));
        assertTrue(xml.contains("client-2"));
        assertFalse(xml.contains("k3y-of-gotipath"));
        assertFalse(xml.contains("b3arer-of-gotipath"));
        j.jenkins.reload();
        assertEquals("k3y-of-gotipath", find("full").getApiKey().getPlainText());
    }

    @Test
    void theGotipathBearerTokenIsSentWhereThereIsOne() throws Exception {
        services.gotipath.requireBearer("b3arer");
        GotipathApiCredentials full = gotipath("full");
        full.setBearerToken(Secret.fromString("b3arer"));
        SimulatedServices.add(full);
        jobs.succeed(PURGE_GOTIPATH.formatted("full"));
        String line = PipelineJobs.error(jobs.run(Result.FAILURE, PURGE_GOTIPATH.formatted("goti")));
        assertTrue(
                line.endsWith(
                        "and answered HTTP 401: Unauthorized. Check the client id, library id and API key behind credentialsId."),
                line);
    }

    private static Credentials secret(String id) {
        return SimulatedServices.secretText(id, DATA.scalewaySecretKey());
    }

    private static GotipathApiCredentials gotipath(String id) {
        return new GotipathApiCredentials(
                CredentialsScope.GLOBAL,
                id,
                "",
                DATA.gotipathClientId(),
                DATA.gotipathLibraryId(),
                Secret.fromString(DATA.gotipathApiKey()));
    }

    private static CredentialsStore store(Folder folder) {
        return StreamSupport.stream(CredentialsProvider.lookupStores(folder).spliterator(), false)
                .filter(store -> store.getProvider() instanceof FolderCredentialsProvider)
                .filter(store -> store.getContext() == folder)
                .findFirst()
                .orElseThrow();
    }

    private static void add(CredentialsStore store, Domain domain, Credentials credentials) throws Exception {
        assertTrue(store.addCredentials(domain, credentials));
    }

    private static String id(Credentials credentials) {
        return ((IdCredentials) credentials).getId();
    }

    private static GotipathApiCredentials find(String id) {
        return (GotipathApiCredentials) SystemCredentialsProvider.getInstance().getCredentials().stream()
                .filter(each -> id(each).equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Fingerprint fingerprint(String id) throws Exception {
        return CredentialsProvider.getFingerprintOf(SystemCredentialsProvider.getInstance().getCredentials().stream()
                .filter(each -> id(each).equals(id))
                .findFirst()
                .orElseThrow());
    }
}
