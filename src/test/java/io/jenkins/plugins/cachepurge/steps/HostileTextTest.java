package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.console.ConsoleNote;
import hudson.model.Result;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** What a service says is text, wherever Jenkins shows it: it makes no line, no colour, no link and no script. */
@ExtendWith(SharedJenkins.class)
class HostileTextTest {

    private static final String HOSTILE =
            "before\r\nFinished: SUCCESS\n[Pipeline] FORGED\u2028\u0085FORGED\u001b[31mred\u001b]8;;http://evil\u0007"
                    + ConsoleNote.PREAMBLE_STR + "AAAA" + ConsoleNote.POSTAMBLE_STR
                    + "\u202e\u0000<script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt;' \" ${x} after";

    /** Only where a service is asked and how, not what for: the words come from the service. */
    private static final List<String> STEPS = List.of(
            "buddyClearCache AT_BUDDY",
            "buddyRunScheduled AT_BUDDY, executionId: 4",
            "cdnPurge cdn: SCW, paths: ['/a']",
            "cdnPurgeHistory cdn: SCW",
            "cdnPurgeStatus cdn: SCW, requestId: '00000000-0000-4000-8000-000000000000'",
            "cdnPurge cdn: GOTI, all: true",
            "pipelineClearStorage AT_FELDERA, pipeline: 'orders'");

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

    private void answer(Fault fault) {
        List.of(services.buddyWire, services.scalewayWire, services.gotipathWire, services.felderaWire)
                .forEach(wire -> wire.failEvery(request -> true, fault));
    }

    @Test
    void aRefusalIsTextOnly() throws Exception {
        Map<String, Object> body = new HashMap<>();
        for (String field : List.of("message", "help_message", "type", "error_code", "resource", "precondition")) {
            body.put(field, HOSTILE);
        }
        body.put("errors", List.of(HOSTILE, Map.of("message", HOSTILE)));
        body.put("details", List.of(Map.of("argument_name", HOSTILE, "help_message", HOSTILE)));
        answer(UsualFaults.answering(SimResponse.json(400, body)));
        WorkflowRun run = jobs.run(Result.FAILURE, PipelineJobs.failing(STEPS));
        List<String> errors = PipelineJobs.errors(run);
        assertEquals(STEPS.size(), errors.size());
        for (String error : errors) {
            assertTrue(error.contains("before"), error);
        }
        assertTextOnly(run);
    }

    @Test
    void aResultIsTextOnly() throws Exception {
        // A date, a number and a list stay what they are, so that the answers can be read.
        answer((request, service) -> {
            SimResponse real = service.get();
            String json = real.bodyText()
                    .replaceAll(
                            "(\"(name|html_url|url|last_execution_status|created_at|updated_at|deployment_error)\":)\"[^\"]*\"",
                            "$1" + java.util.regex.Matcher.quoteReplacement(quoted()));
            return real.withBody(json.getBytes(StandardCharsets.UTF_8));
        });
        WorkflowRun run = jobs.succeed("""
                def cleared = %s
                echo "cleared ${cleared}"
                def earlier = %s
                echo "earlier ${earlier}"
                """.formatted(STEPS.get(0), STEPS.get(3)));
        for (String returned : List.of("cleared ", "earlier ")) {
            assertTrue(
                    JenkinsRule.getLog(run)
                            .lines()
                            .anyMatch(line -> line.startsWith(returned) && line.contains("<script>alert(1)")),
                    returned);
        }
        assertTextOnly(run);
    }

    @Test
    void aStateNobodyKnowsIsTextOnly() throws Exception {
        answer((request, service) -> {
            SimResponse real = service.get();
            String json = real.bodyText()
                    .replaceAll(
                            "(\"(status|storage_status|deployment_status)\":)\"[^\"]*\"",
                            "$1" + java.util.regex.Matcher.quoteReplacement(quoted()));
            return real.withBody(json.getBytes(StandardCharsets.UTF_8));
        });
        List<WorkflowRun> runs = new ArrayList<>();
        for (String step : List.of(STEPS.get(1), STEPS.get(2), STEPS.get(6))) {
            // Time enough for a busy machine to hear the state before the deadline.
            runs.add(jobs.start(step + ", timeout: 15"));
        }
        for (WorkflowRun run : runs) {
            j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
            String error = PipelineJobs.error(run);
            assertTrue(error.contains("before"), error);
            assertTextOnly(run);
        }
    }

    private static String quoted() {
        return SimResponse.json(200, List.of(HOSTILE)).bodyText().replaceAll("^\\[|\\]$", "");
    }

    private void assertTextOnly(WorkflowRun run) throws Exception {
        String raw = Files.readString(run.getLogFile().toPath());
        List<String> lines = JenkinsRule.getLog(run).lines().toList();
        assertEquals(
                List.of(),
                lines.stream().filter(line -> line.startsWith("FORGED")).toList());
        assertEquals(
                List.of(),
                lines.stream()
                        .filter(line -> line.startsWith("[Pipeline] FORGED"))
                        .toList());
        assertEquals(
                1, lines.stream().filter(line -> line.startsWith("Finished: ")).count(), "only Jenkins ends a build");
        assertFalse(raw.contains(ConsoleNote.PREAMBLE_STR + "AAAA"), "a forged note");
        for (String forbidden : List.of("\u001b[31m", "\u001b]8", "\u0000", "\u202e", "\u2028", "\u0007", "\u0085")) {
            assertFalse(raw.contains(forbidden), () -> "U+%04X in %s".formatted((int) forbidden.charAt(0), raw));
        }
        JenkinsRule.WebClient client =
                j.createWebClient().withThrowExceptionOnFailingStatusCode(false).withJavaScriptEnabled(false);
        for (String page : List.of("", "console", "consoleFull", "cache-purge/live", "pipeline-overview")) {
            String html = client.loadWebResponse(
                            new org.htmlunit.WebRequest(new java.net.URL(j.getURL(), run.getUrl() + page)))
                    .getContentAsString();
            assertFalse(html.contains("<script>alert"), page);
            assertFalse(html.contains("<img src=x"), page);
            assertFalse(html.contains("href=\"before"), page);
        }
    }
}
