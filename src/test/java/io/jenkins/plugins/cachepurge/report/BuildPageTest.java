package io.jenkins.plugins.cachepurge.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The section on a build's page and in the REST API, while an operation runs, afterwards, and over a restart. */
class BuildPageTest {

    private static final String RUN =
            "buddyRunScheduled credentialsId: 'buddy', workspace: 'acme', project: 'website', pipelineId: 2, executionId: 4, apiUrl: BUDDY_URL";
    private static final String CLEAR =
            "buddyClearCache credentialsId: 'buddy', workspace: 'acme', project: 'website', pipelineId: 2, apiUrl: BUDDY_URL";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final SimulatedServices services = new SimulatedServices();

    @AfterEach
    void closeServices() {
        services.close();
    }

    @Test
    void showsWhatRunsAndWhatCameOfItOverARestart() throws Throwable {
        letExecutionsLast();
        sessions.then(j -> {
            services.introduce();
            WorkflowRun run = start(j, CLEAR + "\n" + RUN).waitForStart();
            j.waitForMessage("is INPROGRESS", run);
            HtmlPage page = j.createWebClient().getPage(run);
            assertTrue(page.asNormalizedText().contains("Running"), page.asNormalizedText());
            DomElement box = page.querySelector(".cache-purge");
            assertEquals(
                    "true",
                    box.<DomElement>querySelector(".cache-purge__live > div").getAttribute("data-running"));
            assertEquals(j.contextPath + "/" + run.getUrl() + "cache-purge/live", box.getAttribute("data-url"));
            assertTrue(live(j, run).contains("execution 4"));
        });
        services.buddyWire.clearFaults();
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("job", WorkflowJob.class).getBuildByNumber(1);
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            JSONArray operations = operations(j, run);
            assertEquals(2, operations.size());
            JSONObject cleared = operations.getJSONObject(0);
            assertEquals("Buddy", cleared.getString("service"));
            assertEquals("cache", cleared.getString("kind"));
            assertEquals("pipeline 2 of acme/website", cleared.getString("target"));
            assertEquals("DONE", cleared.getString("state"));
            assertEquals(1, cleared.getInt("requests"));
            JSONObject ran = operations.getJSONObject(1);
            assertEquals("DONE", ran.getString("state"));
            assertEquals("SUCCESSFUL", ran.getString("message"));
            assertEquals(1, services.buddy.executionStarts("acme", "website", 2, 4));
            assertFalse(live(j, run).contains("data-running=\"true\""));
            assertTrue(live(j, run).contains("href=\"https://app.buddy.works/acme/website/"));
        });
    }

    @Test
    void showsHowMuchOfALargePurgeIsDone() throws Throwable {
        sessions.then(j -> {
            services.introduce();
            services.gotipathWire.failEvery(request -> request.bodyText().contains("/page-7"), UsualFaults.stall());
            String purge =
                    "cdnPurge cdn: gotipath(credentialsId: 'goti', distributionId: DISTRIBUTION, apiUrl: GOTIPATH_URL, pathsPerRequest: 2), paths: (1..10).collect { \"/page-${it}\" }";
            WorkflowRun run = start(j, purge).waitForStart();
            j.waitForMessage("Asking Gotipath", run);
            JSONObject operation = new JSONObject();
            for (int i = 0; i < 100 && operation.optInt("done") < 8; i++) {
                Thread.sleep(100);
                operation = operations(j, run).getJSONObject(0);
            }
            assertEquals(8, operation.getInt("done"));
            assertEquals(10, operation.getInt("total"));
            assertEquals(5, operation.getInt("requests"));
            assertTrue(live(j, run).contains("8 of 10"), live(j, run));
            DomElement bar = j.createWebClient().<HtmlPage>getPage(run).querySelector("progress");
            assertEquals("8 10", bar.getAttribute("value") + " " + bar.getAttribute("max"));
            run.doStop();
            j.waitForCompletion(run);
            assertFalse(live(j, run).contains("<progress"));
        });
    }

    @Test
    void textOfAServiceIsTextOnly() throws Throwable {
        String markup = "<img src=x onerror=alert(1)><script>alert(2)</script>\u001b[8mha:////";
        SimResponse hostile = SimResponse.json(200, Map.of("id", 2, "name", markup, "html_url", "javascript:alert(3)"));
        sessions.then(j -> {
            services.introduce();
            services.buddyWire.failNext(UsualFaults.answering(hostile));
            WorkflowRun run = j.assertBuildStatusSuccess(start(j, CLEAR));
            String shown = live(j, run);
            assertTrue(shown.contains("&lt;script>alert(2)"), shown);
            assertFalse(shown.contains("<script"), shown);
            assertFalse(shown.contains("<img"), shown);
            assertFalse(shown.contains("href=\"javascript"), shown);
            assertEquals("null", operations(j, run).getJSONObject(0).getString("link"));
            assertFalse(
                    run.getLog(50).stream().anyMatch(line -> line.contains("\u001b[8mha:////")),
                    "a forged console note");
        });
    }

    @Test
    void aFailureAndAnAbortAreShown() throws Throwable {
        letExecutionsLast();
        sessions.then(j -> {
            services.introduce();
            services.buddyWire.failNext(UsualFaults.redirectTo("https://example.org/"));
            WorkflowRun run = start(j, "catchError { " + CLEAR + " }\n" + RUN).waitForStart();
            j.waitForMessage("is INPROGRESS", run);
            run.getExecutor().interrupt();
            j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
            JSONArray operations = operations(j, run);
            assertEquals("FAILED", operations.getJSONObject(0).getString("state"));
            assertTrue(operations.getJSONObject(0).getString("message").contains("Redirects are not followed"));
            assertEquals("ABORTED", operations.getJSONObject(1).getString("state"));
        });
    }

    /** Nothing was sent for them, and that is what has to be seen. */
    @Test
    void refusedStepsAreShown() throws Throwable {
        sessions.then(j -> {
            services.introduce();
            WorkflowRun run = start(j, """
                            catchError { cdnPurge cdn: scaleway(credentialsId: 'scw', pipelineId: '%s'), paths: ['news.html'] }
                            catchError { cdnPurge cdn: site('nowhere'), all: true }
                            catchError { cdnVerify urls: ['https://www.example.org/'] }
                            """.formatted(SimulatedServices.DATA.scalewayPipelineId()))
                    .waitForStart();
            j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
            List<String> shown = operations(j, run).stream()
                    .map(JSONObject.class::cast)
                    .map(operation -> "%s %s %s %s %d %s"
                            .formatted(
                                    operation.getString("service"),
                                    operation.getString("kind"),
                                    operation.getString("target"),
                                    operation.getString("state"),
                                    operation.getInt("requests"),
                                    operation.getString("message").split(":")[0]))
                    .toList();
            assertEquals(
                    List.of(
                            "Jenkins step cdnPurge FAILED 0 paths",
                            "Jenkins step cdnPurge FAILED 0 site",
                            "Jenkins step cdnVerify FAILED 0 urls"),
                    shown);
            assertEquals(0, services.requests());
        });
    }

    private void letExecutionsLast() {
        services.buddyWire.failEvery(request -> request.path().contains("/executions/"), (request, service) -> {
            service.get();
            return SimResponse.json(200, Map.of("id", 4, "status", "INPROGRESS"));
        });
    }

    private QueueTaskFuture<WorkflowRun> start(JenkinsRule j, String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(services.jenkinsfile(script), true));
        return job.scheduleBuild2(0);
    }

    private static String live(JenkinsRule j, WorkflowRun run) throws Exception {
        return j.createWebClient()
                .goTo(run.getUrl() + "cache-purge/live", "text/html")
                .getWebResponse()
                .getContentAsString();
    }

    private static JSONArray operations(JenkinsRule j, WorkflowRun run) throws Exception {
        JSONArray actions = j.getJSON(run.getUrl() + "api/json?tree=actions[operations[*]]")
                .getJSONObject()
                .getJSONArray("actions");
        List<JSONObject> found = actions.stream()
                .map(JSONObject.class::cast)
                .filter(action -> action.has("operations"))
                .toList();
        assertEquals(1, found.size());
        return found.get(0).getJSONArray("operations");
    }
}
