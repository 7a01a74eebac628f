package io.jenkins.plugins.cachepurge.cdn;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SecretLeakCheck;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.simulator.AzureSimulator;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** Azure Front Door in a Jenkins: secrets, id tokens, the form, and that nothing keeps what was granted for them. */
@ExtendWith(SharedJenkins.class)
class AzureInJenkinsTest {

    private static final String ID_TOKENS_CLIENT = ", clientId: '%s'".formatted(AzureSimulator.DEMO_CLIENT);

    private final AzureSimulator azure = AzureSimulator.demo(InstantSource.system())
            .purgeTakes(Duration.ZERO)
            .askToPollAfter(OptionalInt.of(1));
    private final FaultInjectingService wire = new FaultInjectingService(azure);
    private final SimServer server = SimServer.start(wire);
    private final String idToken = azure.issuer().token(AzureSimulator.DEMO_SUBJECT);
    private JenkinsRule j;

    @BeforeEach
    void introduce(JenkinsRule rule) throws Exception {
        j = rule;
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of(url()));
        SimulatedServices.add(
                SimulatedServices.usernamePassword("azure", AzureSimulator.DEMO_CLIENT, AzureSimulator.DEMO_SECRET));
        SimulatedServices.add(SimulatedServices.usernamePassword("named", "jenkins", AzureSimulator.DEMO_SECRET));
        SimulatedServices.add(SimulatedServices.secretText("oidc", idToken));
        SimulatedServices.add(SimulatedServices.secretText("text", "no-id-token"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String url() {
        return server.url().toString();
    }

    private String step(String path, String credentialsId, String more) {
        return "cdnPurge paths: ['%s'], cdn: azureFrontDoor(credentialsId: '%s', tenantId: '%s', subscriptionId: '%s', resourceGroup: '%s', profile: '%s', endpoint: '%s', apiUrl: '%s', loginUrl: '%6$s'%s)"
                .replace("%6$s", url())
                .formatted(
                        path,
                        credentialsId,
                        AzureSimulator.DEMO_TENANT,
                        AzureSimulator.DEMO_SUBSCRIPTION,
                        AzureSimulator.DEMO_GROUP,
                        AzureSimulator.DEMO_PROFILE,
                        AzureSimulator.DEMO_ENDPOINT,
                        url(),
                        more);
    }

    private WorkflowRun run(Result expected, String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        WorkflowRun run = j.buildAndAssertStatus(expected, job);
        new SecretLeakCheck(j)
                .assertNone(
                        run,
                        List.of(
                                AzureSimulator.DEMO_SECRET,
                                idToken,
                                idToken.substring(idToken.lastIndexOf('.') + 1),
                                "demo-azure-access-token"));
        return run;
    }

    private String error(String credentialsId, String more) throws Exception {
        return PipelineJobs.error(run(Result.FAILURE, step("/a", credentialsId, more)));
    }

    @Test
    void theFormChecksWhereAndWhoLogsIn() {
        AzureFrontDoorProvider.DescriptorImpl form =
                j.jenkins.getDescriptorByType(AzureFrontDoorProvider.DescriptorImpl.class);
        assertEquals(FormValidation.Kind.OK, form.doCheckClientId(null, "").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckClientId(null, AzureSimulator.DEMO_CLIENT).kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckClientId(null, "purge").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckLoginUrl(null, "", "").kind);
        assertEquals(
                FormValidation.Kind.OK, form.doCheckLoginUrl(null, "", "https://management.chinacloudapi.cn").kind);
        assertEquals(
                FormValidation.Kind.OK, form.doCheckLoginUrl(null, "", "no url").kind, "a problem of the other field");
        assertEquals(
                "is required; it is needed for an apiUrl that is not one of Microsoft&#039;s clouds",
                form.doCheckLoginUrl(null, "", url()).getMessage());
        assertEquals(FormValidation.Kind.OK, form.doCheckLoginUrl(null, url(), url()).kind);
        assertEquals(
                "must be an absolute URL, such as https://login.microsoftonline.com, but was &#039;login&#039;",
                form.doCheckLoginUrl(null, "login", url()).getMessage());
    }

    @Test
    void aTokenOfASecretIsSharedAndAnIdTokenNeedsNoStoredOne() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, """
                parallel(a: { %s }, b: { %s })
                """.formatted(step("/a", "azure", ""), step("/b", "azure", "")));
        j.assertLogContains("Succeeded", run);
        assertEquals(1, azure.granted());
        run(Result.SUCCESS, step("/c", "oidc", ID_TOKENS_CLIENT));
        assertEquals(2, azure.granted());
        assertEquals(3, azure.purges().size());
        azure.revokeTokens();
        run(Result.SUCCESS, step("/d", "azure", ""));
        assertEquals(4, azure.purges().size());
    }

    /** A service that repeats what it was sent shows no secret. */
    @Test
    void echoedSecretsAreHidden() throws Exception {
        wire.failEvery(
                request -> request.path().endsWith("/token"),
                (request, service) -> SimResponse.text(400, "text/plain", request.bodyText()));
        run(Result.FAILURE, step("/a", "azure", ""));
        run(Result.FAILURE, step("/a", "oidc", ID_TOKENS_CLIENT));
        wire.clearFaults();
        wire.failEvery(
                request -> request.header("Authorization").isPresent(),
                (request, service) -> SimResponse.json(
                        403,
                        Map.of(
                                "error",
                                Map.of(
                                        "code",
                                        "AuthorizationFailed",
                                        "message",
                                        request.header("Authorization").orElseThrow()))));
        j.assertLogContains("AuthorizationFailed: Bearer ****", run(Result.FAILURE, step("/a", "azure", "")));
    }

    @Test
    void wrongCredentialsAndParametersAreRefusedBeforeAnythingIsSent() throws Exception {
        assertEquals(
                "clientId: is required; 'oidc' is a \"Secret text\" with an id token, which names no application",
                error("oidc", ""));
        assertEquals(
                "credentialsId: the user name of 'named' must be the client id of an application, which is a UUID",
                error("named", ""));
        assertEquals(
                "credentialsId: 'text' cannot be used: the secret is not an OIDC id token (a JWT with the claim iss)",
                error("text", ID_TOKENS_CLIENT));
        assertThat(error("azure", ", clientId: 'jenkins'"), containsString("clientId: must be a UUID"));
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of("https://management.example.org"));
        assertThat(error("azure", ""), containsString("apiUrl: "));
        assertEquals(List.of(), wire.requests());
    }

    @Test
    void theDomainMustIncludeTheUrlOfTheTokenToo() throws Exception {
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of(url(), "https://login.example.org"));
        CredentialsStore store =
                CredentialsProvider.lookupStores(j.jenkins).iterator().next();
        store.addDomain(
                new Domain("ours", "", List.of(new HostnameSpecification("127.0.0.1", null))),
                SimulatedServices.usernamePassword("ours", AzureSimulator.DEMO_CLIENT, AzureSimulator.DEMO_SECRET));
        assertEquals(
                "credentialsId: 'ours' belongs to a domain that does not include https://login.example.org",
                PipelineJobs.error(run(
                        Result.FAILURE,
                        step("/a", "ours", "")
                                .replace("loginUrl: '%s'".formatted(url()), "loginUrl: 'https://login.example.org'"))));
        assertEquals(List.of(), wire.requests());
    }

    @Test
    void testsTheConnectionAndOnlyReads() {
        assertEquals(FormValidation.Kind.OK, test("azure", "").kind);
        assertEquals(FormValidation.Kind.OK, test("oidc", AzureSimulator.DEMO_CLIENT).kind);
        azure.expireSecret();
        FormValidation refused = test("azure", "");
        assertEquals(FormValidation.Kind.ERROR, refused.kind);
        assertThat(refused.getMessage(), containsString("Microsoft Entra ID was asked to grant an access token"));
        assertTrue(wire.requests().stream()
                .allMatch(request ->
                        request.method().equals("GET") || request.path().endsWith("/token")));
        assertEquals(List.of(), azure.purges());
    }

    private FormValidation test(String credentialsId, String clientId) {
        return j.jenkins
                .getDescriptorByType(AzureFrontDoorProvider.DescriptorImpl.class)
                .doTestConnection(
                        null,
                        credentialsId,
                        AzureSimulator.DEMO_TENANT,
                        AzureSimulator.DEMO_SUBSCRIPTION,
                        AzureSimulator.DEMO_GROUP,
                        AzureSimulator.DEMO_PROFILE,
                        AzureSimulator.DEMO_ENDPOINT,
                        clientId,
                        url(),
                        url());
    }
}
