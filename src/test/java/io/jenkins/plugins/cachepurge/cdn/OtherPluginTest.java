package io.jenkins.plugins.cachepurge.cdn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Result;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.credentials.SecretTextReference;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import io.jenkins.plugins.cachepurge.steps.CdnPurgeStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;
import org.kohsuke.stapler.DataBoundConstructor;

/** A CDN that comes from another plugin has all that the ones of this plugin have. */
class OtherPluginTest {

    /** A CDN as another plugin would add it: it purges everything only, says when it is done, and forgets. */
    public static final class MirrorProvider extends CdnProvider {

        private static final long serialVersionUID = 1L;

        private final String credentialsId;
        private final String zone;
        private final String apiUrl;

        @DataBoundConstructor
        public MirrorProvider(String credentialsId, String zone, String apiUrl) {
            this.credentialsId = credentialsId;
            this.zone = zone;
            this.apiUrl = apiUrl;
        }

        public String getCredentialsId() {
            return credentialsId;
        }

        public String getZone() {
            return zone;
        }

        public String getApiUrl() {
            return apiUrl;
        }

        @Override
        public CdnTarget target(BuildContext context) {
            ApiUrl url = context.urls()
                    .approvedVendorUrl(
                            "Mirror", List.of(ApiUrl.of("https://mirror.example.org")), context.expand(apiUrl));
            String name = new InputField("zone", context.expand(zone)).asName();
            return new Target(
                    url,
                    name,
                    new ServiceEndpoint(url, new SecretTextReference(context.expand(credentialsId), Signer::bearer)));
        }

        private record Target(ApiUrl url, String zone, ServiceEndpoint endpoint) implements CdnTarget {
            @Override
            public String name() {
                return zone;
            }

            @Override
            public Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions options) {
                return new MirrorZonePurge(url, zone, selection).operation();
            }
        }

        @TestExtension
        @Symbol("mirror")
        public static final class DescriptorImpl extends CdnProviderDescriptor {
            @Override
            public PurgeCapabilities capabilities() {
                return PurgeCapabilities.of(SelectionType.ALL);
            }

            @NonNull
            @Override
            public String getDisplayName() {
                return "Mirror";
            }
        }
    }

    private static final class Mirror implements SimService {
        private final List<SimRequest> requests = new CopyOnWriteArrayList<>();
        private final AtomicReference<String> status = new AtomicReference<>("clean");

        @Override
        public String name() {
            return "mirror";
        }

        @Override
        public SimResponse handle(SimRequest request) {
            requests.add(request);
            return request.path().equals("/zones/eu")
                    ? SimResponse.json(200, Map.of("status", status.get()))
                    : SimResponse.json(404, Map.of("message", "no such zone"));
        }
    }

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final Mirror mirror = new Mirror();
    private final SimServer server = SimServer.start(mirror);

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void itIsPurgedAsAnyOther() throws Throwable {
        sessions.then(j -> {
            introduce();
            WorkflowRun run =
                    run(j, Result.SUCCESS, "def result = cdnPurge cdn: EU, all: true\necho \"result ${result}\"");
            j.assertLogContains(
                    "result [provider:mirror, target:eu, status:clean, what:all, count:0, requests:[], startedAt:",
                    run);
            assertEquals(
                    "Bearer t0ken-of-the-mirror",
                    mirror.requests.get(0).header("Authorization").orElseThrow());
            j.assertLogNotContains("t0ken-of-the-mirror", run);
            int sent = mirror.requests.size();
            run(j, Result.SUCCESS, "cdnPurge cdn: EU, all: true, dryRun: true");
            assertEquals("cdn: Mirror does not list earlier purges", failure(j, "cdnPurgeHistory cdn: EU"));
            assertEquals(
                    "cdn: Mirror does not list earlier purges", failure(j, "cdnPurgeStatus cdn: EU, requestId: 'x'"));
            assertEquals(
                    "paths: Mirror cannot purge by paths; it supports all: true",
                    failure(j, "cdnPurge cdn: EU, paths: ['/a']"));
            assertTrue(failure(
                            j,
                            "cdnPurge cdn: mirror(credentialsId: 'mirror', zone: 'eu', apiUrl: 'https://evil.test'), all: true")
                    .startsWith("apiUrl: 'https://evil.test' is neither a URL of the API of Mirror nor approved"));
            assertEquals(sent, mirror.requests.size());
            assertEquals(
                    "Mirror was asked to purge zone us and answered HTTP 404: no such zone. Check the names and ids, and what the credentials may access.",
                    failure(j, "cdnPurge cdn: EU, all: true".replace("EU", eu().replace("'eu'", "'us'"))));

            CdnPurgeStep step = new CdnPurgeStep(
                    new MirrorProvider("mirror", "eu", server.url().toString()));
            step.setAll(true);
            new SnippetizerTester(j)
                    .assertRoundTrip(
                            step,
                            "cdnPurge all: true, cdn: mirror(apiUrl: '%s', credentialsId: 'mirror', zone: 'eu')"
                                    .formatted(server.url()));
            CdnPurgeStep configured = new StepConfigTester(j).configRoundTrip(step);
            assertEquals("eu", ((MirrorProvider) configured.getCdn()).getZone());
        });
    }

    @Test
    void itsOperationsSurviveARestart() throws Throwable {
        mirror.status.set("washing");
        sessions.then(j -> {
            introduce();
            WorkflowJob job = j.createProject(WorkflowJob.class, "job");
            job.setDefinition(new CpsFlowDefinition("cdnPurge cdn: %s, all: true".formatted(eu()), true));
            j.waitForMessage(
                    "Mirror purge of zone eu is washing", job.scheduleBuild2(0).waitForStart());
        });
        mirror.status.set("clean");
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("job", WorkflowJob.class).getLastBuild();
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            j.assertLogContains("Mirror purge of zone eu: going on after a restart of Jenkins", run);
        });
        assertEquals(
                1,
                mirror.requests.stream()
                        .filter(request -> request.method().equals("POST"))
                        .count());
    }

    private void introduce() throws Exception {
        CachePurgeConfiguration.get()
                .setAllowedApiUrls(new ArrayList<>(List.of(server.url().toString())));
        SimulatedServices.add(SimulatedServices.secretText("mirror", "t0ken-of-the-mirror"));
    }

    private String eu() {
        return "mirror(credentialsId: 'mirror', zone: 'eu', apiUrl: '%s')".formatted(server.url());
    }

    private String failure(JenkinsRule j, String step) throws Exception {
        return PipelineJobs.error(run(j, Result.FAILURE, step));
    }

    private WorkflowRun run(JenkinsRule j, Result expected, String jenkinsfile) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(jenkinsfile.replace("EU", eu()), true));
        return j.buildAndAssertStatus(expected, job);
    }
}
