package io.jenkins.plugins.cachepurge.client.buddy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.TestResponses;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuddyClientTest {

    private static final BuddyClient CLIENT = new BuddyClient(ApiUrl.of("https://api.buddy.works"));
    private static final BuddyPipelineRef PIPELINE = new BuddyPipelineRef("buddy", "company-website", 2);
    private static final String URL = "https://api.buddy.works/workspaces/buddy/projects/company-website/pipelines/2";

    record Sent(ApiCall<?> call, String method, String url, String json, Idempotency repeat) {}

    static Stream<Sent> sent() {
        return Stream.of(
                new Sent(CLIENT.clearCache(PIPELINE), "PATCH", URL, "{\"clear_cache\":true}", Idempotency.IDEMPOTENT),
                new Sent(CLIENT.pipeline(PIPELINE), "GET", URL, null, Idempotency.IDEMPOTENT),
                new Sent(
                        CLIENT.runDelayed(PIPELINE, 4),
                        "PATCH",
                        URL + "/executions/4",
                        "{\"operation\":\"RUN_DELAYED\"}",
                        Idempotency.NOT_IDEMPOTENT),
                new Sent(
                        CLIENT.cancel(PIPELINE, 4),
                        "PATCH",
                        URL + "/executions/4",
                        "{\"operation\":\"CANCEL\"}",
                        Idempotency.IDEMPOTENT),
                new Sent(CLIENT.execution(PIPELINE, 4), "GET", URL + "/executions/4", null, Idempotency.IDEMPOTENT));
    }

    @ParameterizedTest
    @MethodSource("sent")
    void sendsWhatBuddyDocuments(Sent sent) {
        assertEquals(sent.method(), sent.call().request().method());
        assertEquals(sent.url(), sent.call().request().url().toString());
        assertEquals(Optional.ofNullable(sent.json()), sent.call().request().bodyText());
        assertEquals(
                Map.of("X-Buddy-Media-Type", "buddy.v1.1.0"),
                sent.call().request().headers());
        assertEquals(sent.repeat(), sent.call().idempotency());
        assertEquals("Buddy", sent.call().service());
    }

    @Test
    void encodesOddNamesAndKeepsThePathOfASelfHostedOne() {
        BuddyClient own = new BuddyClient(ApiUrl.of("https://buddy.example/api/"));
        BuddyPipelineRef odd = new BuddyPipelineRef("a b/../c", "d?e#f%é", 9_999_999_999L);
        assertEquals(
                "https://buddy.example/api/workspaces/a%20b%2F..%2Fc/projects/d%3Fe%23f%25%C3%A9/pipelines/9999999999",
                own.clearCache(odd).request().url().toString());
    }

    @Test
    void readsTheDocumentedPipeline() {
        BuddyPipeline pipeline = TestResponses.said(CLIENT.clearCache(PIPELINE), 201, BuddySamples.CLEARED);
        assertEquals(
                new BuddyPipeline(
                        2L,
                        "Live mirror",
                        URL,
                        "https://app.buddy.works/buddy/company-website/pipelines/pipeline/2",
                        "SUCCESSFUL"),
                pipeline);
        assertEquals(pipeline, TestResponses.said(CLIENT.pipeline(PIPELINE), 200, BuddySamples.CLEARED));
    }

    @Test
    void readsTheDocumentedExecution() {
        BuddyExecution execution = TestResponses.said(CLIENT.runDelayed(PIPELINE, 4), 200, BuddySamples.RUN);
        assertEquals(
                new BuddyExecution(
                        4L,
                        "INPROGRESS",
                        URL + "/executions/4",
                        "https://app.buddy.works/buddy/company-website/pipelines/pipeline/2/execution/56fa386c99f1e121d8b568b5",
                        "2016-03-29T08:12:04.132Z",
                        null,
                        null),
                execution);
    }

    /** What a clear answers with differs by version: any success is one. */
    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202})
    void takesAnySuccess(int status) {
        assertEquals(
                2,
                TestResponses.said(CLIENT.clearCache(PIPELINE), status, "{\"id\":2}")
                        .id());
    }

    @Test
    void nothingSaidIsASuccessWhereNothingIsToBeSaid() {
        assertEquals(
                new BuddyPipeline(2L, null, null, null, null),
                TestResponses.said(CLIENT.clearCache(PIPELINE), 204, ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"id\":3}|it is about pipeline 3", "{}|a pipeline without id", "null|not a JSON object"})
    void anotherPipelineIsNoAnswer(String body, String why) {
        ApiException problem = TestResponses.refused(CLIENT.clearCache(PIPELINE), TestResponses.answer(201, body));
        assertEquals(Kind.UNREADABLE, problem.kind());
        assertTrue(problem.getMessage().contains(why), problem.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":5,\"status\":\"SUCCESSFUL\"}|it is about execution 5",
                "{\"id\":4}|an execution without id or status",
                "{\"id\":4,\"status\":\" \"}|an execution without id or status",
                "{\"status\":\"SUCCESSFUL\"}|an execution without id or status"
            })
    void anotherExecutionIsNoAnswer(String body, String why) {
        for (ApiCall<?> call : new ApiCall<?>[] {
            CLIENT.runDelayed(PIPELINE, 4), CLIENT.execution(PIPELINE, 4), CLIENT.cancel(PIPELINE, 4)
        }) {
            ApiException problem = TestResponses.refused(call, TestResponses.answer(200, body));
            assertEquals(Kind.UNREADABLE, problem.kind());
            assertTrue(problem.getMessage().contains(why), problem.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "401|{\"errors\":[{\"message\":\"Wrong authentication data\"}]}|Wrong authentication data|token behind credentialsId is valid and has not expired",
                "403|{\"errors\":[{\"message\":\"You do not have the scope\"}]}|You do not have the scope|has the scope EXECUTION_RUN",
                "404|{\"errors\":[\"Execution not found\"]}|Execution not found|Check workspace, project and ids",
                "400|{\"errors\":[{\"message\":\"a\"},\"b\",{\"message\":\"c\"}]}|a; b; c|``",
                "403|{\"errors\":[{\"message\":\"API is disabled in this workspace\"}]}|API is disabled in this workspace|An owner of the workspace can switch the API on",
                "500|<html>|``|Try again later",
                "400|{\"errors\":{\"message\":\"odd\"}}|odd|``",
                "400|{\"errors\":\"odd\"}|``|``",
            })
    void saysWhatBuddySaidAndWhatToDo(int status, String body, String said, String advice) {
        ApiException problem =
                TestResponses.refused(CLIENT.runDelayed(PIPELINE, 4), TestResponses.answer(status, body));
        assertEquals(status < 500 ? Kind.REFUSED : Kind.SERVER_ERROR, problem.kind());
        assertEquals("Buddy", problem.service());
        assertEquals(status, problem.status().orElseThrow());
        assertEquals(Optional.empty(), problem.code());
        assertEquals(said == null ? "" : said, problem.serviceMessage());
        assertTrue(
                problem.getMessage()
                        .startsWith("Buddy was asked to run execution 4 of pipeline 2 of buddy/company-website now"),
                problem.getMessage());
        assertTrue(problem.getMessage().contains(advice == null ? "" : advice), problem.getMessage());
    }

    @Test
    void namesTheScopeThatIsMissing() {
        assertTrue(forbidden(CLIENT.clearCache(PIPELINE)).contains("the scope EXECUTION_MANAGE "));
        assertTrue(forbidden(CLIENT.execution(PIPELINE, 4)).contains("the scope EXECUTION_INFO "));
        assertTrue(forbidden(CLIENT.cancel(PIPELINE, 4)).contains("the scope EXECUTION_RUN "));
    }

    private static String forbidden(ApiCall<?> call) {
        return TestResponses.refused(call, TestResponses.answer(403, "")).getMessage();
    }

    @ParameterizedTest
    @CsvSource({
        "429, 1772366407, PT7S",
        "429, 1772366400, PT0S",
        "429, 0, PT0S",
        "429, 9999999999999, P7D",
        "429, -9223372036854775808, ",
        "429, 9223372036854775807, ",
        "429, soon, ",
        "503, 1772366407, ",
    })
    void readsWhenTheRateLimitEnds(int status, String reset, Duration hint) {
        ApiException problem = TestResponses.refused(
                CLIENT.clearCache(PIPELINE), TestResponses.answer(status, "", "X-Rate-Limit-Reset", reset));
        assertEquals(Optional.ofNullable(hint), problem.retryAfter());
    }

    @Test
    void theRateLimitEndsByBuddysClock() {
        ApiException problem = TestResponses.refused(
                CLIENT.clearCache(PIPELINE),
                TestResponses.answer(
                        429, "", "X-Rate-Limit-Reset", "1772366407", "Date", "Sun, 01 Mar 2026 11:59:00 GMT"));
        assertEquals(Optional.of(Duration.ofSeconds(67)), problem.retryAfter());
    }
}
