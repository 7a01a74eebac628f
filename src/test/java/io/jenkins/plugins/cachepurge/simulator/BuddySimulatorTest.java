package io.jenkins.plugins.cachepurge.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuddySimulatorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String PIPELINES = "/workspaces/acme/projects/website/pipelines";
    private static final String PIPELINE = PIPELINES + "/2";
    private static final String EXECUTIONS = PIPELINE + "/executions";
    private static final String EXECUTION = EXECUTIONS + "/4";
    private static final String CLEAR = "{\"clear_cache\":true}";
    private static final String RUN = "{\"operation\":\"RUN_DELAYED\"}";
    private static final String CANCEL = "{\"operation\":\"CANCEL\"}";

    private final SettableClock clock = new SettableClock(NOW);
    private final BuddySimulator buddy = new BuddySimulator(clock, "t0ken")
            .addPipeline("acme", "website", 2, "Live mirror")
            .addDelayedExecution("acme", "website", 2, 4, NOW.plus(Duration.ofHours(1)));
    private final SimServer server = SimServer.start(buddy);
    private final SimClient client = new SimClient(server.url(), "Authorization", "Bearer t0ken");

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void clearsTheCache() throws Exception {
        SimClient.Reply reply = client.send("PATCH", PIPELINE, CLEAR);
        assertEquals(201, reply.status());
        JsonNode pipeline = reply.json();
        assertEquals(2, pipeline.get("id").intValue());
        assertEquals("Live mirror", pipeline.get("name").textValue());
        assertEquals(
                "https://api.buddy.works/workspaces/acme/projects/website/pipelines/2",
                pipeline.get("url").textValue());
        assertEquals(
                "https://app.buddy.works/acme/website/pipelines/pipeline/2",
                pipeline.get("html_url").textValue());
        assertEquals("INITIAL", pipeline.get("last_execution_status").textValue());
        assertEquals(1, buddy.cacheCleared("acme", "website", 2));
        client.send("PATCH", PIPELINE, "{\"clear_cache\":false}");
        assertEquals(1, buddy.cacheCleared("acme", "website", 2));
    }

    @Test
    void runsADelayedExecution() throws Exception {
        buddy.executionEndsAfter(Duration.ofSeconds(30), "FAILED");
        JsonNode waiting = client.get(EXECUTION).json();
        assertEquals("INITIAL", waiting.get("status").textValue());
        assertEquals("2026-03-01T11:00:00.000Z", waiting.get("delay_until").textValue());
        assertTrue(waiting.get("start_date").isNull());

        SimClient.Reply started = client.send("PATCH", EXECUTION, RUN);
        assertEquals(200, started.status());
        assertEquals("INPROGRESS", started.json().get("status").textValue());
        assertEquals(
                "2026-03-01T10:00:00.000Z", started.json().get("start_date").textValue());
        assertTrue(started.json().get("finish_date").isNull());

        clock.advance(Duration.ofSeconds(30));
        JsonNode ended = client.get(EXECUTION).json();
        assertEquals("FAILED", ended.get("status").textValue());
        assertEquals("2026-03-01T10:00:30.000Z", ended.get("finish_date").textValue());
        assertEquals("FAILED", ended.at("/pipeline/last_execution_status").textValue());
        assertEquals(1, buddy.executionStarts("acme", "website", 2, 4));
    }

    @Test
    void startsByItselfWhenItsTimeHasCome() throws Exception {
        clock.advance(Duration.ofHours(1));
        assertEquals("INPROGRESS", client.get(EXECUTION).json().get("status").textValue());
        SimClient.Reply late = client.send("PATCH", EXECUTION, RUN);
        assertErrors(late, 400);
        assertEquals(0, buddy.executionStarts("acme", "website", 2, 4));
    }

    @Test
    void goesThroughAScript() throws Exception {
        buddy.executionGoesThrough(List.of(
                new TimedStatus("ENQUEUED", Duration.ofSeconds(2)),
                new TimedStatus("NEW_WORD", Duration.ofSeconds(3)),
                new TimedStatus("SUCCESSFUL", Duration.ZERO)));
        assertEquals(
                "ENQUEUED",
                client.send("PATCH", EXECUTION, RUN).json().get("status").textValue());
        clock.advance(Duration.ofSeconds(2));
        assertEquals("NEW_WORD", client.get(EXECUTION).json().get("status").textValue());
        clock.advance(Duration.ofSeconds(3));
        assertEquals("SUCCESSFUL", client.get(EXECUTION).json().get("status").textValue());
        assertEquals(
                "2026-03-01T10:00:05.000Z",
                client.get(EXECUTION).json().get("finish_date").textValue());
    }

    @Test
    void cancels() throws Exception {
        buddy.cancelTakes(Duration.ofSeconds(5));
        client.send("PATCH", EXECUTION, RUN);
        SimClient.Reply cancelled = client.send("PATCH", EXECUTION, CANCEL);
        assertEquals(200, cancelled.status());
        assertEquals("TERMINATING", cancelled.json().get("status").textValue());
        clock.advance(Duration.ofSeconds(5));
        assertEquals("TERMINATED", client.get(EXECUTION).json().get("status").textValue());
        assertErrors(client.send("PATCH", EXECUTION, CANCEL), 400);
        assertEquals(1, buddy.executionCancels("acme", "website", 2, 4));
        assertEquals(
                200,
                client.send("PATCH", EXECUTION, "{\"operation\":\"RETRY\"}").status());
        assertEquals("INPROGRESS", buddy.executionStatus("acme", "website", 2, 4));
    }

    @Test
    void cancelledBeforeItsTimeNeverStarts() throws Exception {
        client.send("PATCH", EXECUTION, CANCEL);
        clock.advance(Duration.ofHours(2));
        JsonNode execution = client.get(EXECUTION).json();
        assertEquals("TERMINATED", execution.get("status").textValue());
        assertTrue(execution.get("start_date").isNull());
        assertErrors(client.send("PATCH", EXECUTION, RUN), 400);
    }

    @Test
    void createsExecutions() throws Exception {
        String body = "{\"to_revision\":{\"revision\":\"HEAD\"},\"branch\":{\"name\":\"main\"},\"comment\":\"c\","
                + "\"priority\":\"HIGH\",\"clear_cache\":true,\"variables\":[{\"key\":\"a\",\"value\":\"b\"}],"
                + "\"delay_until\":\"2026-03-01T12:00:00Z\"}";
        SimClient.Reply created = client.send("POST", EXECUTIONS, body);
        assertEquals(200, created.status());
        assertEquals(5, created.json().get("id").intValue());
        assertEquals("INITIAL", created.json().get("status").textValue());
        assertEquals(1, buddy.cacheCleared("acme", "website", 2));
        assertEquals(
                "INPROGRESS",
                client.send("POST", EXECUTIONS, "{}").json().get("status").textValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"delay_until\":\"tomorrow\"}",
                "{\"priority\":\"URGENT\"}",
                "{\"branch\":\"main\"}",
                "{\"variables\":{}}",
                "{\"comment\":1}",
                "{\"commment\":\"c\"}",
                "[]",
                ""
            })
    void refusesToRunWithWrongFields(String body) throws Exception {
        assertErrors(client.send("POST", EXECUTIONS, body), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"clear_cache\":\"true\"}", "{\"clearCache\":true}", "{\"clear_cache\":true", "7"})
    void refusesToPatchWithWrongFields(String body) throws Exception {
        assertErrors(client.send("PATCH", PIPELINE, body), 400);
        assertEquals(0, buddy.cacheCleared("acme", "website", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"operation\":\"RUN\"}", "{\"operation\":1}", "{\"operation\":\"APPLY\"}"})
    void refusesWrongOperations(String body) throws Exception {
        assertErrors(client.send("PATCH", EXECUTION, body), 400);
    }

    @Test
    void refusesToRunWhatWasNeverDelayed() throws Exception {
        buddy.addExecution("acme", "website", 2, 3, "SUCCESSFUL");
        assertErrors(client.send("PATCH", EXECUTIONS + "/3", RUN), 400);
    }

    @Test
    void refusesAnotherContentType() throws Exception {
        assertErrors(client.send("PATCH", PIPELINE, CLEAR, "text/plain"), 415);
    }

    @Test
    void refusesAnUnknownMediaType() throws Exception {
        SimClient typed = client.with("Authorization", "Bearer t0ken", "X-Buddy-Media-Type", "buddy.v1.1.0");
        assertEquals(200, typed.get(PIPELINE).status());
        SimClient other = client.with("Authorization", "Bearer t0ken", "X-Buddy-Media-Type", "buddy.v9");
        assertErrors(other.get(PIPELINE), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer other", "t0ken", "bearer t0ken", "Basic t0ken"})
    void refusesOtherTokens(String authorization) throws Exception {
        SimClient other = client.with("Authorization", authorization);
        assertErrors(other.get(PIPELINE), 401);
        assertErrors(client.with().get(PIPELINE), 401);
    }

    @Test
    void acceptsATokenInTheQuery() throws Exception {
        assertEquals(200, client.with().get(PIPELINE + "?access_token=t0ken").status());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /workspaces/other/projects/website/pipelines, 404",
        "GET, /workspaces/acme/projects/other/pipelines, 404",
        "GET, /workspaces/acme/projects/website/pipelines/3, 404",
        "GET, /workspaces/acme/projects/website/pipelines/x, 404",
        "GET, /workspaces/acme/projects/website/pipelines/2/executions/5, 404",
        "GET, /workspaces/acme/projects/website/pipelines/2/, 404",
        "GET, /nowhere, 404",
        "PUT, /workspaces/acme/projects/website/pipelines/2, 405",
    })
    void knowsNothingElse(String method, String path, int status) throws Exception {
        assertErrors(client.send(method, path), status);
    }

    @Test
    void refusesWhatIsNotPermitted() throws Exception {
        buddy.rejectScope("EXECUTION_MANAGE");
        assertErrors(client.send("PATCH", PIPELINE, CLEAR), 403);
        assertEquals(200, client.get(PIPELINE).status());
        buddy.disableApi("acme");
        SimClient.Reply disabled = client.get(PIPELINE);
        assertErrors(disabled, 403);
        assertTrue(disabled.text().contains("API is disabled in this workspace"), disabled.text());
    }

    @Test
    void listsPipelines() throws Exception {
        buddy.addPipeline("acme", "website", 9, "Archive").addPipeline("acme", "shop", 1, "Shop");
        JsonNode byName = client.get(PIPELINES).json().get("pipelines");
        assertEquals(
                List.of(9, 2),
                byName.findValues("id").stream().map(JsonNode::intValue).toList());
        JsonNode byId = client.get(PIPELINES + "?sort_by=id&sort_direction=ASC&page=2&per_page=1")
                .json()
                .get("pipelines");
        assertEquals(1, byId.size());
        assertEquals(9, byId.get(0).get("id").intValue());
        assertErrors(client.get(PIPELINES + "?sort_by=date"), 400);
    }

    @Test
    void listsExecutions() throws Exception {
        for (int id = 5; id <= 25; id++) {
            buddy.addExecution("acme", "website", 2, id, "SUCCESSFUL");
        }
        JsonNode first = client.get(EXECUTIONS).json();
        assertEquals(1, first.get("page").intValue());
        assertEquals(20, first.get("page_size").intValue());
        assertEquals(2, first.get("total_page_count").intValue());
        assertEquals(20, first.get("element_count").intValue());
        assertEquals(22, first.get("total_element_count").intValue());
        assertEquals(25, first.at("/executions/0/id").intValue());
        JsonNode last = client.get(EXECUTIONS + "?page=2").json();
        assertEquals(2, last.get("executions").size());
        assertEquals(4, last.at("/executions/1/id").intValue());
        assertErrors(client.get(EXECUTIONS + "?page=0"), 400);
        assertErrors(client.get(EXECUTIONS + "?per_page=1000"), 400);
    }

    @Test
    void limitsTheRate() throws Exception {
        buddy.limitRate(2, Duration.ofMinutes(1));
        assertEquals("1", client.get(PIPELINE).header("X-Rate-Limit-Remaining"));
        client.get(PIPELINE);
        SimClient.Reply refused = client.send("PATCH", PIPELINE, CLEAR);
        assertErrors(refused, 429);
        assertEquals("2", refused.header("X-Rate-Limit-Limit"));
        assertEquals("0", refused.header("X-Rate-Limit-Remaining"));
        Instant reset = Instant.ofEpochSecond(Long.parseLong(refused.header("X-Rate-Limit-Reset")));
        assertEquals(NOW.plus(Duration.ofMinutes(1)), reset);
        assertEquals(0, buddy.cacheCleared("acme", "website", 2));
        clock.advance(Duration.between(NOW, reset));
        assertEquals(200, client.get(PIPELINE).status());
    }

    private static void assertErrors(SimClient.Reply reply, int status) {
        assertEquals(status, reply.status(), reply.text());
        assertFalse(reply.json().at("/errors/0/message").asText().isEmpty());
    }
}
