package io.jenkins.plugins.cachepurge.steps;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.either;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hamcrest.Matcher;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** What a service refuses fails the step with one line: what was asked of whom, what it answered, what to do. */
@ExtendWith(SharedJenkins.class)
class FailuresTest {

    private static final String OTHER = "00000000-0000-4000-8000-000000000000";
    private static final String CLEAR = "buddyClearCache AT_BUDDY";
    private static final String RUN = "buddyRunScheduled AT_BUDDY, executionId: 4";
    private static final String SCALEWAY = "cdnPurge cdn: SCW, paths: ['/a']";
    private static final String HISTORY = "cdnPurgeHistory cdn: SCW";
    private static final String STATUS = "cdnPurgeStatus cdn: SCW, requestId: '%s'".formatted(OTHER);
    private static final String GOTIPATH = "cdnPurge cdn: GOTI, all: true";
    private static final String FELDERA = "pipelineClearStorage AT_FELDERA, pipeline: 'orders'";
    private static final List<String> ALL = List.of(CLEAR, RUN, SCALEWAY, HISTORY, STATUS, GOTIPATH, FELDERA);

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
    void whatIsRefusedIsOneLineAndIsNotTriedAgain() throws Exception {
        SimulatedServices.add(SimulatedServices.secretText("wrong", OTHER));
        String buddyToken = "Check that the token behind credentialsId is valid and has not expired.";
        Map<String, Matcher<String>> refused = new LinkedHashMap<>();
        refused.put(
                CLEAR.replace(
                        "AT_BUDDY",
                        "credentialsId: 'wrong', workspace: 'acme', project: 'website', pipelineId: 2, apiUrl: BUDDY_URL"),
                is(
                        "Buddy was asked to clear the cache of pipeline 2 of acme/website and answered HTTP 401: Wrong authentication data. "
                                + buddyToken));
        refused.put(
                "cdnPurge cdn: scaleway(credentialsId: 'wrong', pipelineId: SCALEWAY_PIPELINE, apiUrl: SCALEWAY_URL), all: true",
                is(
                        "Scaleway Edge Services was asked to purge everything of pipeline %s and answered HTTP 401 denied_authentication: authentication is denied; api_key not_found. Check that credentialsId holds the secret key (a UUID) of an API key that has not expired."
                                .formatted(SimulatedServices.DATA.scalewayPipelineId())));
        refused.put(
                "pipelineClearStorage credentialsId: 'wrong', apiUrl: FELDERA_URL, pipeline: 'orders'",
                both(startsWith("Feldera was asked to clear the storage of pipeline orders and answered HTTP 401"))
                        .and(
                                endsWith(
                                        "This server requires a valid API key behind credentialsId (it starts with apikey:).")));
        refused.put(
                "buddyRunScheduled AT_BUDDY, executionId: 77",
                is(
                        "Buddy was asked to run execution 77 of pipeline 2 of acme/website now and answered HTTP 404: Execution not found. Check workspace, project and ids, and that the token may see them."));
        refused.put(STATUS, containsString("and answered HTTP 404 not_found: "));
        refused.put(
                "cdnPurge cdn: scaleway(credentialsId: 'scw', pipelineId: '%s', apiUrl: SCALEWAY_URL), all: true"
                        .formatted(OTHER),
                endsWith("Check pipelineId, and that the API key may see its project."));
        refused.put(
                "cdnPurge cdn: gotipath(credentialsId: 'goti', distributionId: '%s', apiUrl: GOTIPATH_URL), all: true"
                        .formatted(OTHER),
                is(
                        "Gotipath CDN was asked to purge everything of distribution %s and answered HTTP 404: Distribution not found. Check distributionId."
                                .formatted(OTHER)));
        refused.put("pipelineClearStorage AT_FELDERA, pipeline: 'nowhere'", endsWith("Check pipeline and tenant."));
        refused.put(
                "pipelineClearStorage AT_FELDERA, pipeline: 'payments'",
                endsWith("Only a stopped pipeline's storage can be cleared: stop it first, or set stop: true."));
        assertRefused(refused);

        services.scaleway.nextFinalStatuses("error", "done");
        String ended = PipelineJobs.error(
                jobs.run(Result.FAILURE, "cdnPurge cdn: SCW, paths: ['/1', '/2', '/3', '/4', '/5', '/6']"));
        assertTrue(ended.contains("and ended 1 of 2 purge requests with the status error ("), ended);
        services.buddy.executionEndsAfter(Duration.ZERO, "FAILED");
        assertRefused(
                Map.of(
                        RUN,
                        is(
                                "Buddy was asked to run execution 4 of pipeline 2 of acme/website and it ended as FAILED. Its log is at https://app.buddy.works/acme/website/pipelines/pipeline/2/execution/000000000000000000000004")));
    }

    @Test
    void aRedirectIsNotFollowedAndCannotTakeCredentialsAlong() throws Exception {
        FaultInjectingService elsewhere = new FaultInjectingService(new SimService() {
            @Override
            public String name() {
                return "elsewhere";
            }

            @Override
            public SimResponse handle(SimRequest request) {
                return SimResponse.json(200, Map.of());
            }
        });
        try (SimServer server = SimServer.start(elsewhere)) {
            for (FaultInjectingService wire : wires()) {
                wire.failEvery(request -> true, UsualFaults.redirectTo(server.url() + "/"));
            }
            List<PipelineJobs.Attempt> attempts = jobs.attempts(ALL);
            for (PipelineJobs.Attempt attempt : attempts) {
                assertTrue(
                        attempt.message()
                                .contains(
                                        " and answered HTTP 307. Redirects are not followed, since credentials would travel along. Check the API URL."),
                        attempt.message());
            }
        }
        assertEquals(List.of(), elsewhere.requests());
        assertEquals(ALL.size(), services.requests());
    }

    @Test
    void whatPassesIsTriedAgainUntilItWorks() throws Exception {
        services.buddyWire.failNext(UsualFaults.tooManyRequestsRetryAfter(1)).failNext(UsualFaults.badGatewayHtml());
        services.scalewayWire
                .failNext(request -> request.method().equals("GET"), UsualFaults.tooManyRequestsResetSeconds(1))
                .failNext(request -> request.method().equals("POST"), UsualFaults.actThenCut());
        services.gotipathWire.failNext(UsualFaults.unavailable(1)).failNext(UsualFaults.unknownFields());
        services.felderaWire.failNext(UsualFaults.gatewayTimeout()).failNext(UsualFaults.actThenCutBeforeHeaders());
        WorkflowRun run = jobs.succeed("parallel a: { %s }, b: { %s; %s }, c: { %s }, d: { %s }"
                .formatted(CLEAR, HISTORY, SCALEWAY, GOTIPATH, FELDERA));
        j.assertLogContains(
                "and answered HTTP 429. Try again later, or ask the service for a higher limit. Now trying again in ",
                run);
        j.assertLogContains(
                "and answered HTTP 502. Try again later. Now sending it again, which is harmless, in ", run);
        j.assertLogContains("It may have taken effect. Now sending it again, which is harmless, in ", run);
        j.assertLogContains("answered HTTP 504. Try again later. Now asking what became of the request in ", run);
        j.assertLogNotContains("<html>", run);
        j.assertLogNotContains("center", run);
        assertEquals(3, services.buddyWire.requests().size());
        assertEquals(1, services.buddy.cacheCleared("acme", "website", 2));
        assertEquals(4, services.scaleway.purgeRequests().size());
        assertEquals(2, services.scalewayWire.requests("POST").size());
        assertEquals(1, services.gotipath.purges().size());
        assertEquals(1, services.feldera.clears("orders"));

        services.buddyWire.failNext(UsualFaults.actThenBadGateway());
        for (FaultInjectingService wire : wires()) {
            wire.failEvery(request -> true, UsualFaults.unknownFields());
        }
        WorkflowRun started = jobs.succeed("echo \"status ${%s.status}\"; %s; %s"
                .formatted("(" + RUN.replace(" AT", "(AT") + "))", SCALEWAY, HISTORY));
        j.assertLogContains("status SUCCESSFUL", started);
        assertEquals(1, services.buddy.executionStarts("acme", "website", 2, 4));
    }

    @Test
    void whatNeverPassesAndWhatNobodyKnowsIsNoSuccess() throws Exception {
        services.gotipathWire.failEvery(request -> true, UsualFaults.badGatewayHtml());
        services.scaleway.purgeTakes(Duration.ZERO, "halfway");
        services.buddy.executionEndsAfter(Duration.ZERO, "HALFWAY");
        services.feldera.clearingNeverEnds();
        services.felderaWire.failNext(request -> request.method().equals("GET"), UsualFaults.unknownFields());
        WorkflowRun caught = jobs.run(Result.UNSTABLE, """
                def caught = [:]
                def tried = { name, step -> return { try { step() } catch (hudson.AbortException e) { caught[name] = e.message } } }
                parallel gotipath: tried('gotipath') { %s, timeout: 15 },
                    scaleway: tried('scaleway') { %s, timeout: 15 },
                    buddy: tried('buddy') { %s, timeout: 15 },
                    feldera: { catchError(buildResult: 'UNSTABLE', stageResult: 'UNSTABLE', message: 'goes on') { %s, timeout: 15 } }
                echo "gotipath: ${caught.gotipath}"
                echo "scaleway: ${caught.scaleway}"
                echo "buddy: ${caught.buddy}"
                """.formatted(GOTIPATH, SCALEWAY, RUN, FELDERA));
        j.assertLogContains(
                "gotipath: Gotipath CDN purge of distribution %s was not over after 15 s (timeout). Last known: Gotipath CDN was asked to purge everything"
                        .formatted(SimulatedServices.DATA.gotipathDistributionId()),
                caught);
        j.assertLogContains("is halfway (a status this plugin does not know).", caught);
        j.assertLogContains(
                "buddy: Buddy execution 4 of pipeline 2 of acme/website was not over after 15 s (timeout). Last known: Buddy execution 4 of pipeline 2 of acme/website is HALFWAY, a status this plugin does not know.",
                caught);
        j.assertLogContains(
                "Feldera storage of pipeline orders was not over after 15 s (timeout). Last known: Feldera pipeline orders is Stopped, its storage Clearing.",
                caught);
        j.assertLogContains("goes on", caught);
        j.assertLogNotContains("\tat ", caught);
    }

    private List<FaultInjectingService> wires() {
        return List.of(services.buddyWire, services.scalewayWire, services.gotipathWire, services.felderaWire);
    }

    /** Each with a single request: each of the lines tells of a response, and together they sent no more than one each. */
    private void assertRefused(Map<String, Matcher<String>> lines) throws Exception {
        int before = services.requests();
        List<String> steps = List.copyOf(lines.keySet());
        List<String> errors = jobs.failures(steps);
        for (int i = 0; i < steps.size(); i++) {
            assertThat(steps.get(i), errors.get(i), lines.get(steps.get(i)));
            assertThat(
                    steps.get(i),
                    errors.get(i),
                    either(containsString(" and answered ")).or(containsString(" and it ended as ")));
        }
        assertEquals(before + steps.size(), services.requests(), errors.toString());
    }
}
