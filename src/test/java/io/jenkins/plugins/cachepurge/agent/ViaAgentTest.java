package io.jenkins.plugins.cachepurge.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SecretLeakCheck;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.cdn.VarnishProvider;
import io.jenkins.plugins.cachepurge.client.http.WrongCertificate;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.freestyle.CdnPurgeBuilder;
import io.jenkins.plugins.cachepurge.simulator.CacheSimulator;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import io.jenkins.plugins.cachepurge.site.Site;
import io.jenkins.plugins.cachepurge.site.SitesConfiguration;
import io.jenkins.plugins.cachepurge.steps.CdnPurgeStep;
import io.jenkins.plugins.cachepurge.steps.PipelineClearStorageStep;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** Requests that a real agent process sends. */
@ExtendWith(SharedJenkins.class)
class ViaAgentTest {

    private final FaultInjectingService wire =
            new FaultInjectingService(new CacheSimulator(CacheSimulator.Kind.VARNISH, true));
    private final SimServer server = SimServer.start(wire);
    private JenkinsRule j;
    private Slave ownAgent;

    @BeforeEach
    void introduceCache(JenkinsRule rule) throws Exception {
        j = rule;
        CachePurgeConfiguration.get().setAgentApiUrls(List.of(url()));
        SimulatedServices.add(
                SimulatedServices.usernamePassword("cache", CacheSimulator.USER, CacheSimulator.PASSWORD));
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        if (ownAgent != null) {
            j.jenkins.removeNode(ownAgent);
        }
    }

    private String url() {
        return server.url().toString();
    }

    private String purge(String more) {
        return "cdnPurge cdn: varnish(url: '%s', host: 'www.example.org', credentialsId: 'cache', via: 'agent'), %s"
                .formatted(url(), more);
    }

    private WorkflowJob job(String jenkinsfile) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(jenkinsfile, true));
        return job;
    }

    /** The one of all tests that leave nothing behind on it. */
    private Slave agent() throws Exception {
        Slave started = (Slave) j.jenkins.getNode("shared");
        return started == null ? online(j.createSlave("shared", "linux", null)) : started;
    }

    /** Each has another name: Jenkins ends what runs on an agent of the name of one that was removed a little before. */
    private Slave agentOfItsOwn() throws Exception {
        ownAgent = j.createSlave(UUID.randomUUID().toString(), "own", null);
        return online(ownAgent);
    }

    private Slave online(Slave agent) throws Exception {
        j.waitOnline(agent);
        return agent;
    }

    /** The controller's client asks for compressed responses. */
    private static boolean isFromAgent(SimRequest request) {
        return request.header("Accept-Encoding").orElse("").equals("identity");
    }

    private void assertAllFromAgent(int count) {
        assertEquals(count, wire.requests().size());
        assertTrue(wire.requests().stream().allMatch(ViaAgentTest::isFromAgent));
    }

    @Test
    void theAgentSendsTheRequestsOfAPurge() throws Exception {
        Slave agent = agent();
        String paths =
                IntStream.range(0, 100).mapToObj("'/page-%d.html'"::formatted).collect(Collectors.joining(", "));
        WorkflowRun run = j.buildAndAssertSuccess(job("node('linux') { " + purge("paths: [" + paths + "]") + " }"));
        j.assertLogContains("Requests are sent from agent " + agent.getNodeName(), run);
        assertAllFromAgent(100);
        new SecretLeakCheck(j).assertNone(run, CacheSimulator.PASSWORD);
        List<String> own = AgentProcessControl.of(agent).threads().stream()
                .filter(name -> name.startsWith("cache-purge"))
                .toList();
        assertTrue(own.size() <= 1, own::toString);
    }

    @Test
    void outsideOfANodeNothingIsSent() throws Exception {
        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job(purge("all: true")));
        assertEquals(
                "via: agent needs a node around the step, whose agent then sends the requests",
                PipelineJobs.error(run));
        assertEquals(0, wire.requests().size());
    }

    @Test
    void credentialsTravelToApprovedUrlsOnly() throws Exception {
        agent();
        CachePurgeConfiguration.get().setAgentApiUrls(List.of());
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of(url()));
        WorkflowJob job = job("node('linux') { " + purge("all: true") + " }");
        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);
        assertEquals(
                "via: credentials are not sent to '%s' from agents; an administrator can allow it under Manage Jenkins » System » Cache Purge"
                        .formatted(url()),
                PipelineJobs.error(run));
        assertEquals(0, wire.requests().size());
        CachePurgeConfiguration.get().setAgentApiUrls(List.of(url()));
        j.buildAndAssertSuccess(job);
        assertAllFromAgent(1);
    }

    @Test
    void theBuiltInNodeIsTheController() throws Exception {
        WorkflowRun run = j.buildAndAssertSuccess(job("node('built-in') { " + purge("all: true") + " }"));
        j.assertLogContains("Requests are sent from the built-in node", run);
        assertEquals(1, wire.requests().size());
    }

    /** No agent gets them there, so that the approval for the controller is enough. */
    @Test
    void theBuiltInNodeSendsCredentialsAsTheControllerDoes() throws Exception {
        agent();
        CachePurgeConfiguration.get().setAgentApiUrls(List.of());
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of(url()));
        SitesConfiguration.get()
                .setSites(List.of(new Site("www", List.of("https://www.example.org"), List.of(layer()))));
        CdnPurgeStep step = new CdnPurgeStep(layer());
        step.setAll(true);
        FreeStyleProject project = j.createFreeStyleProject();
        project.getBuildersList().add(new CdnPurgeBuilder(step));
        project.setAssignedNode(j.jenkins);
        String page = "cdnVerify urls: ['%s/a'], body: 'a', credentialsId: 'cache', via: 'agent'".formatted(url());
        j.buildAndAssertSuccess(job("node('built-in') { " + purge("all: true") + " }"));
        j.buildAndAssertSuccess(job("node('built-in') { cdnPurge cdn: site('www'), paths: ['/a.html'] }"));
        j.buildAndAssertSuccess(project);
        assertEquals(3, wire.requests().size());
        assertTrue(wire.requests().stream().noneMatch(ViaAgentTest::isFromAgent));
        WorkflowRun refused = j.buildAndAssertStatus(Result.FAILURE, job("node('linux') { " + page + " }"));
        assertTrue(
                PipelineJobs.error(refused).startsWith("via: credentials are not sent to"),
                PipelineJobs.error(refused));
        assertEquals(3, wire.requests().size());
    }

    @Test
    void aFreestyleBuildUsesItsAgent() throws Exception {
        Slave agent = agent();
        CdnPurgeStep step = new CdnPurgeStep(layer());
        step.setAll(true);
        FreeStyleProject project = j.createFreeStyleProject();
        project.getBuildersList().add(new CdnPurgeBuilder(step));
        project.setAssignedNode(agent);
        FreeStyleBuild build = j.buildAndAssertSuccess(project);
        j.assertLogContains("Requests are sent from agent " + agent.getNodeName(), build);
        assertAllFromAgent(1);
    }

    /** What the lost agent had sent may have taken effect, so it is sent again from the agent that has come back. */
    @Test
    void anAgentThatIsKilledAndComesBackIsUsedAgain() throws Exception {
        AgentProcessControl agent = AgentProcessControl.of(agentOfItsOwn());
        CountDownLatch asked = new CountDownLatch(1);
        wire.failNext((request, service) -> {
            asked.countDown();
            return UsualFaults.actThenStall().apply(request, service);
        });
        WorkflowRun run = job("node('own') { " + purge("all: true") + " }")
                .scheduleBuild2(0)
                .waitForStart();
        asked.await();
        agent.kill();
        j.waitForMessage("the agent was lost", run);
        j.waitForMessage("the agent is not connected", run);
        agent.connectAgain();
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        assertAllFromAgent(2);
    }

    @Test
    void anAgentThatStaysAwayEndsAtTheTimeout() throws Exception {
        Slave slave = agentOfItsOwn();
        CountDownLatch asked = new CountDownLatch(1);
        wire.failNext((request, service) -> {
            asked.countDown();
            return UsualFaults.stall().apply(request, service);
        });
        WorkflowRun run = job("node('own') { " + purge("all: true, timeout: 8") + " }")
                .scheduleBuild2(0)
                .waitForStart();
        asked.await();
        AgentProcessControl.of(slave).kill();
        j.waitForMessage("was not over after 8 s (timeout)", run);
        AgentProcessControl.of(slave).connectAgain();
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
    }

    @Test
    void anAbortedStepDoesNotWaitForItsAgent() throws Exception {
        agentOfItsOwn();
        CountDownLatch asked = new CountDownLatch(1);
        wire.failNext((request, service) -> {
            asked.countDown();
            return UsualFaults.stall().apply(request, service);
        });
        WorkflowRun run = job("node('own') { " + purge("all: true") + " }")
                .scheduleBuild2(0)
                .waitForStart();
        asked.await();
        run.doStop();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
    }

    @Test
    void pagesAreVerifiedFromTheAgent() throws Exception {
        Slave agent = agent();
        String page = url().replace("http://", "") + "/index.html";
        WorkflowRun run = j.buildAndAssertSuccess(job("""
                node('linux') {
                    writeFile file: 'index.html', text: '%s'
                    cdnVerify urls: ['http://%s'], file: 'index.html', body: 'index', via: 'agent'
                }
                """.formatted(page, page)));
        j.assertLogContains("Requests are sent from agent " + agent.getNodeName(), run);
        assertAllFromAgent(2);
        WorkflowRun refused = j.buildAndAssertStatus(
                Result.FAILURE,
                job("node('linux') { cdnVerify urls: ['http://localhost:%d/'], body: 'a', via: 'agent' }"
                        .formatted(server.url().getPort())));
        assertTrue(PipelineJobs.error(refused).contains("is not approved"), PipelineJobs.error(refused));
    }

    private VarnishProvider layer() {
        VarnishProvider varnish = new VarnishProvider();
        varnish.setUrl(url());
        varnish.setCredentialsId("cache");
        varnish.setVia("agent");
        return varnish;
    }

    /** The addresses of a site that is not approved must be global, as the agent resolves them. */
    @Test
    void theAgentsOwnAddressesAreNotRead() throws Exception {
        agent();
        CachePurgeConfiguration.get().setAgentApiUrls(List.of());
        SitesConfiguration.get().setSites(List.of(new Site("www", List.of(url()), List.of(layer()))));
        WorkflowRun run = j.buildAndAssertStatus(
                Result.FAILURE, job("node('linux') { cdnVerify site: 'www', paths: ['/'], body: 'a', via: 'agent' }"));
        assertTrue(
                PipelineJobs.error(run).contains("but the host 127.0.0.1 has the address 127.0.0.1, which is local"),
                PipelineJobs.error(run));
        assertEquals(0, wire.requests().size());
    }

    /** Also what an administrator has set up as a layer needs the list of its own. */
    @Test
    void theLayerOfASiteIsPurgedFromTheAgent() throws Exception {
        agent();
        SitesConfiguration.get()
                .setSites(List.of(new Site("www", List.of("https://www.example.org"), List.of(layer()))));
        String purge = "cdnPurge cdn: site('www'), paths: ['/a.html']";
        j.buildAndAssertSuccess(job("node('linux') { " + purge + " }"));
        assertAllFromAgent(1);
        WorkflowRun outside = j.buildAndAssertStatus(Result.FAILURE, job(purge));
        assertTrue(PipelineJobs.error(outside).startsWith("via: agent needs a node"), PipelineJobs.error(outside));
        CachePurgeConfiguration.get().setAgentApiUrls(List.of());
        WorkflowRun refused = j.buildAndAssertStatus(Result.FAILURE, job("node('linux') { " + purge + " }"));
        assertTrue(
                PipelineJobs.error(refused).contains("credentials are not sent to '%s' from agents".formatted(url())),
                PipelineJobs.error(refused));
        assertEquals(1, wire.requests().size());
    }

    @Test
    void aCertificateIsTrustedFromBothMachines() throws Exception {
        agent();
        HeldCertificate authority =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        HeldCertificate own = new HeldCertificate.Builder()
                .commonName("localhost")
                .addSubjectAlternativeName("localhost")
                .signedBy(authority)
                .build();
        SimulatedServices.add(new FileCredentialsImpl(
                CredentialsScope.GLOBAL,
                "ca",
                "",
                "ca.pem",
                SecretBytes.fromBytes(authority.certificatePem().getBytes(StandardCharsets.UTF_8))));
        SimulatedServices.add(new CertificateCredentialsImpl(
                CredentialsScope.GLOBAL,
                "store",
                "",
                "store-password",
                new CertificateCredentialsImpl.UploadedKeyStoreSource(SecretBytes.fromBytes(store(own, authority)))));
        SimulatedServices.add(SimulatedServices.secretText("text", "no file"));
        try (MockWebServer secure = new MockWebServer()) {
            secure.useHttps(new HandshakeCertificates.Builder()
                    .heldCertificate(own)
                    .build()
                    .sslSocketFactory());
            secure.start();
            String address = "https://localhost:" + secure.getPort();
            CachePurgeConfiguration.get().setAllowedApiUrls(List.of(address));
            String cdn = "cdnPurge all: true, timeout: 60, cdn: varnish(url: '%s'%s)";
            for (String via : List.of("", ", via: 'agent'")) {
                String certificate = via.isEmpty() ? "store" : "ca";
                secure.enqueue(new MockResponse.Builder()
                        .status("HTTP/1.1 200 Everything banned")
                        .body("<html>\n  <head>\n    <title>200 Everything banned</title>\n  </head>\n</html>\n")
                        .build());
                j.buildAndAssertSuccess(job("node('linux') { "
                        + cdn.formatted(address, via + ", certificate: '" + certificate + "'") + " }"));
                WorkflowRun untrusted = j.buildAndAssertStatus(
                        Result.FAILURE, job("node('linux') { " + cdn.formatted(address, via) + " }"));
                assertTrue(
                        PipelineJobs.error(untrusted)
                                .endsWith(
                                        "name credentials with the issuer's certificate in the parameter certificate."),
                        PipelineJobs.error(untrusted));
            }
            assertEquals(2, secure.getRequestCount());
            WorkflowRun wrong =
                    j.buildAndAssertStatus(Result.FAILURE, job(cdn.formatted(address, ", certificate: 'text'")));
            assertTrue(
                    PipelineJobs.error(wrong).startsWith("certificate: 'text' is of the type"),
                    PipelineJobs.error(wrong));
        }
    }

    /** Java does not look at the dates of a certificate that the job names itself. */
    @Test
    void anExpiredCertificateThatTheJobNamesIsNotAccepted() throws Exception {
        agent();
        HeldCertificate expired =
                WrongCertificate.expired(WrongCertificate.server("localhost")).build();
        SimulatedServices.add(new FileCredentialsImpl(
                CredentialsScope.GLOBAL,
                "expired",
                "",
                "cache.pem",
                SecretBytes.fromBytes(expired.certificatePem().getBytes(StandardCharsets.UTF_8))));
        try (MockWebServer secure = new MockWebServer()) {
            secure.useHttps(new HandshakeCertificates.Builder()
                    .heldCertificate(expired)
                    .build()
                    .sslSocketFactory());
            secure.start();
            String address = "https://localhost:" + secure.getPort();
            CachePurgeConfiguration.get().setAllowedApiUrls(List.of(address));
            String said = "cannot be trusted: it expired on 2024-02-01%s. Renew it on the server.";
            String cdn = "cdnPurge all: true, timeout: 60, cdn: varnish(url: '%s', certificate: 'expired'%s)";
            WorkflowRun controller = j.buildAndAssertStatus(Result.FAILURE, job(cdn.formatted(address, "")));
            assertTrue(PipelineJobs.error(controller).endsWith(said.formatted("")), PipelineJobs.error(controller));
            WorkflowRun agent = j.buildAndAssertStatus(
                    Result.FAILURE, job("node('linux') { " + cdn.formatted(address, ", via: 'agent'") + " }"));
            assertTrue(
                    PipelineJobs.error(agent).endsWith(said.formatted(" (from agent shared)")),
                    PipelineJobs.error(agent));
            FormValidation tested = j.jenkins
                    .getDescriptorByType(PipelineClearStorageStep.DescriptorImpl.class)
                    .doTestConnection(null, "", address, "orders", "", "controller", "expired");
            assertEquals(FormValidation.Kind.ERROR, tested.kind);
            assertTrue(tested.getMessage().contains(said.formatted("")), tested.getMessage());
            assertEquals(0, secure.getRequestCount());
        }
    }

    private static byte[] store(HeldCertificate own, HeldCertificate authority) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", own.keyPair().getPrivate(), "store-password".toCharArray(), new Certificate[] {
            own.certificate(), authority.certificate()
        });
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, "store-password".toCharArray());
        return bytes.toByteArray();
    }
}
