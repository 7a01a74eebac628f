package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SecretLeakCheck;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.client.http.RecordedLog;
import io.jenkins.plugins.cachepurge.credentials.GotipathApiCredentials;
import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** No secret is found in what a build leaves behind, even where a service repeats it. */
@ExtendWith(SharedJenkins.class)
class SecretsTest {

    private static final String SECRET = "s3cr3t/+&=%'\"<u>-of-this-test";
    private static final List<String> HEADERS = List.of("Authorization", "X-Auth-Token", "X-Auth-ApiKey");
    private static final List<String> STEPS = List.of(
            "buddyClearCache AT_BUDDY",
            "buddyRunScheduled AT_BUDDY, executionId: 4",
            "cdnPurge cdn: SCW, paths: ['/a']",
            "cdnPurgeHistory cdn: SCW",
            "cdnPurgeStatus cdn: SCW, requestId: '00000000-0000-4000-8000-000000000000'",
            "cdnPurge cdn: GOTI, all: true",
            "pipelineClearStorage AT_FELDERA, pipeline: 'orders'");

    private final SimulatedServices services = new SimulatedServices();
    private final RecordedLog log = new RecordedLog();
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
        log.close();
        services.close();
    }

    @Test
    void aServiceThatRepeatsASecretInItsErrorsDoesNotSpreadIt() throws Exception {
        useOddSecrets();
        for (String header : HEADERS) {
            for (FaultInjectingService wire : wires()) {
                wire.failEvery(request -> request.header(header).isPresent(), UsualFaults.echoing(header));
            }
        }
        // At the same time, since each of them sends its request again several times.
        int last = STEPS.size() - 1;
        String branches = IntStream.range(0, last)
                .mapToObj(i -> "step%d: { catchError { %s } }, ".formatted(i, STEPS.get(i)))
                .collect(Collectors.joining());
        WorkflowRun run = jobs.run(Result.FAILURE, "parallel %slast: { %s }".formatted(branches, STEPS.get(last)));
        List<String> errors = PipelineJobs.errors(run);
        assertEquals(STEPS.size(), errors.size());
        for (String line : errors) {
            assertTrue(line.contains("HTTP 500: cannot process ") && line.contains("****"), line);
        }
        assertNoSecret(run, List.of(SECRET));
    }

    @Test
    void aSecretThatIsTheNameOfAFieldIsHiddenToo() throws Exception {
        useOddSecrets();
        services.gotipathWire.failEvery(
                request -> true,
                UsualFaults.answering(SimResponse.json(422, Map.of("errors", Map.of(SECRET, List.of("is no field"))))));
        WorkflowRun run = jobs.run(Result.FAILURE, STEPS.get(5));
        assertTrue(PipelineJobs.error(run).contains("is no field"), PipelineJobs.error(run));
        assertNoSecret(run, List.of(SECRET));
        j.assertLogNotContains("-of-this-test", run);
    }

    @Test
    void aServiceThatRepeatsASecretInItsResultsDoesNotSpreadIt() throws Exception {
        useOddSecrets();
        String id = "00000000-0000-4000-8000-000000000000";
        services.buddyWire.failEvery(
                request -> request.path().endsWith("/pipelines/2"),
                repeating("Authorization", said -> Map.of("id", 2, "name", said, "url", "https://x/?t=" + said)));
        services.buddyWire.failEvery(
                request -> request.path().endsWith("/executions/4"),
                repeating("Authorization", said -> Map.of("id", 4, "status", "SUCCESSFUL", "html_url", said)));
        services.scalewayWire.failEvery(
                request -> request.method().equals("GET") && !request.path().endsWith(id),
                repeating(
                        "X-Auth-Token",
                        said -> Map.of(
                                "purge_requests",
                                List.of(Map.of("id", id, "status", said, "created_at", said)),
                                "total_count",
                                1)));
        services.scalewayWire.failEvery(
                request -> true,
                repeating(
                        "X-Auth-Token",
                        said -> Map.of("id", id, "status", "done", "pipeline_id", said, "created_at", said)));
        services.gotipathWire.failEvery(request -> true, repeating("X-Auth-ApiKey", said -> Map.of("message", said)));
        services.felderaWire.failEvery(
                request -> request.method().equals("GET"),
                repeating(
                        "Authorization",
                        said -> Map.of(
                                "name",
                                said,
                                "storage_status",
                                "Cleared",
                                "deployment_status",
                                said,
                                "deployment_desired_status",
                                "Stopped")));
        services.felderaWire.failEvery(request -> true, repeating("Authorization", said -> Map.of("message", said)));
        WorkflowRun run = jobs.succeed(STEPS.stream()
                .map(step -> "echo \"result ${%s}\"".formatted(step.replaceFirst(" ", "(") + ")"))
                .collect(Collectors.joining("\n")));
        assertNoSecret(run, List.of(SECRET));
    }

    @Test
    void nothingIsWrittenDownWhileAStepWaits() throws Exception {
        services.scaleway.purgeTakes(Duration.ofHours(1), "done");
        services.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        services.feldera.clearingNeverEnds();
        WorkflowRun run = jobs.start(
                "parallel a: { %s }, b: { %s }, c: { %s }".formatted(STEPS.get(1), STEPS.get(2), STEPS.get(6)));
        for (String state : List.of("is INPROGRESS", "is pending", "its storage Clearing")) {
            j.waitForMessage(state, run);
        }
        assertEquals(
                3,
                WaitingStepsScenario.stateFiles(run).stream()
                        .filter(name -> name.endsWith(".ser"))
                        .count());
        List<String> secrets = List.of(
                SimulatedServices.DATA.buddyToken(),
                SimulatedServices.DATA.scalewaySecretKey(),
                SimulatedServices.DATA.felderaApiKey());
        assertNoSecret(run, secrets);
        run.doStop();
        j.waitForCompletion(run);
        assertNoSecret(run, secrets);
    }

    private void useOddSecrets() throws IOException {
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        for (String id : List.of("buddy", "scw", "feldera")) {
            SimulatedServices.add(SimulatedServices.secretText(id, SECRET));
        }
        SimulatedServices.add(new GotipathApiCredentials(
                CredentialsScope.GLOBAL, "goti", "", "client", "library", Secret.fromString(SECRET)));
    }

    /** A success whose texts hold what stood in a header. */
    private static Fault repeating(String header, Function<String, Map<String, Object>> body) {
        return (request, service) -> {
            String sent = request.header(header).orElseThrow();
            String base64 = Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8));
            String encoded = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
            return SimResponse.json(200, body.apply("%s %s %s".formatted(sent, base64, encoded)));
        };
    }

    private List<FaultInjectingService> wires() {
        return List.of(services.buddyWire, services.scalewayWire, services.gotipathWire, services.felderaWire);
    }

    private void assertNoSecret(WorkflowRun run, List<String> secrets) throws Exception {
        new SecretLeakCheck(j).assertNone(run, secrets);
        assertTrue(log.lines().stream().anyMatch(line -> line.contains(": HTTP ")), log.lines()::toString);
        assertTrue(log.lines().stream()
                .noneMatch(line -> secrets.stream().anyMatch(line::contains) || line.contains("-of-this-test")));
    }
}
