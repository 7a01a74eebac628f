package io.jenkins.plugins.cachepurge.client.feldera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.NoContent;
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

class FelderaClientTest {

    private static final FelderaClient CLIENT = new FelderaClient(ApiUrl.of("https://feldera.example/f"), null);
    private static final String URL = "https://feldera.example/f/v0/pipelines/orders";

    record Sent(ApiCall<?> call, String method, String url) {}

    static Stream<Sent> sent() {
        return Stream.of(
                new Sent(CLIENT.clear("orders"), "POST", URL + "/clear"),
                new Sent(CLIENT.stop("orders"), "POST", URL + "/stop?force=true"),
                new Sent(CLIENT.status("orders"), "GET", URL + "?selector=status"));
    }

    @ParameterizedTest
    @MethodSource("sent")
    void sendsWhatFelderaDocuments(Sent sent) {
        assertEquals(sent.method(), sent.call().request().method());
        assertEquals(sent.url(), sent.call().request().url().toString());
        assertEquals(Optional.empty(), sent.call().request().bodyText());
        assertEquals(Map.of(), sent.call().request().headers());
        boolean reads = sent.call().request().readOnly();
        assertEquals(
                reads ? Idempotency.IDEMPOTENT : Idempotency.NOT_IDEMPOTENT,
                sent.call().idempotency());
        assertEquals("Feldera", sent.call().service());
    }

    @Test
    void encodesAnOddName() {
        assertEquals(
                "https://feldera.example/f/v0/pipelines/a%2F..%20b%3F/clear",
                CLIENT.clear("a/.. b?").request().url().toString());
    }

    @Test
    void namesTheTenantInEachRequest() {
        FelderaClient client = new FelderaClient(ApiUrl.of("https://feldera.example"), "acme");
        Map<String, String> header = Map.of("Feldera-Tenant", "acme");
        assertEquals(header, client.clear("orders").request().headers());
        assertEquals(header, client.stop("orders").request().headers());
        assertEquals(header, client.status("orders").request().headers());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "202|\"Pipeline storage is being cleared\"",
                "202|``",
                "202|{\"message\":\"new\"}",
                "200|\"ok\"",
            })
    void acceptanceIsSaidInManyWays(int status, String body) {
        assertEquals(new NoContent(), TestResponses.said(CLIENT.clear("orders"), status, body));
        assertEquals(new NoContent(), TestResponses.said(CLIENT.stop("orders"), status, body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"200|``|empty", "204|``|empty", "200|<html>|not JSON", "202|<html>|not JSON"})
    void aPageOfSomebodyElseIsNoAcceptance(int status, String body, String why) {
        ApiException problem = TestResponses.refused(CLIENT.clear("orders"), TestResponses.answer(status, body));
        assertEquals(Kind.UNREADABLE, problem.kind());
        assertTrue(problem.getMessage().contains("): " + why), problem.getMessage());
    }

    @Test
    void readsTheDocumentedError() {
        String documented = """
                {
                  "message": "Unknown pipeline name 'non-existent-pipeline'",
                  "error_code": "UnknownPipelineName",
                  "details": {
                    "pipeline_name": "non-existent-pipeline"
                  }
                }
                """;
        ApiException problem =
                TestResponses.refused(CLIENT.clear("non-existent-pipeline"), TestResponses.answer(404, documented));
        assertEquals(Kind.REFUSED, problem.kind());
        assertEquals(Optional.of("UnknownPipelineName"), problem.code());
        assertEquals("Unknown pipeline name 'non-existent-pipeline'", problem.serviceMessage());
        assertEquals(
                "Feldera was asked to clear the storage of pipeline non-existent-pipeline and answered HTTP 404 UnknownPipelineName: Unknown pipeline name 'non-existent-pipeline'. Check pipeline and tenant.",
                problem.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400|{\"error_code\":\"StorageStatusImmutableUnlessStopped\",\"message\":\"m\"}|REFUSED|m|stop it first, or set stop: true.",
                "403|{\"error_code\":\"InsufficientPermissions\",\"message\":\"m\"}|REFUSED|m|The API key needs the role write.",
                "501|{\"error_code\":\"EnterpriseFeature\",\"message\":\"m\"}|REFUSED|m|This Feldera edition cannot do that.",
                "503|{\"error_code\":\"LockTookTooLong\",\"message\":\"m\"}|UNAVAILABLE|m|Try again later.",
                "401|{\"error_code\":\"AuthenticationFailed\",\"message\":\"m\"}|REFUSED|m|requires a valid API key behind credentialsId (it starts with apikey:).",
                "401|\"no bearer\"|REFUSED|no bearer|requires a valid API key behind credentialsId",
                "401|``|REFUSED|``|requires a valid API key behind credentialsId",
                "404|<html>404</html>|REFUSED|``|Check the names and ids",
            })
    void saysWhatFelderaSaidAndWhatToDo(int status, String body, Kind kind, String said, String advice) {
        ApiException problem = TestResponses.refused(CLIENT.clear("orders"), TestResponses.answer(status, body));
        assertEquals(kind, problem.kind());
        assertEquals(status, problem.status().orElseThrow());
        assertEquals(said, problem.serviceMessage());
        assertTrue(problem.getMessage().contains(advice), problem.getMessage());
    }

    @Test
    void readsWhenToAskAgain() {
        ApiException problem =
                TestResponses.refused(CLIENT.clear("orders"), TestResponses.answer(503, "", "Retry-After", "5"));
        assertEquals(Optional.of(Duration.ofSeconds(5)), problem.retryAfter());
    }

    @Test
    void readsAStatus() {
        FelderaPipeline pipeline =
                TestResponses.said(CLIENT.status("orders"), 200, """
                {"name": "orders", "storage_status": "Clearing", "deployment_status": "Stopped",
                 "deployment_desired_status": "Stopped", "deployment_resources_status": "Stopped",
                 "deployment_resources_desired_status": "Stopped", "program_status": "Success",
                 "deployment_error": {"message": "out of memory", "error_code": "X", "details": {}}}
                """).pipeline();
        assertTrue(pipeline.stopped());
        assertFalse(pipeline.cleared());
        assertEquals(Optional.of("out of memory"), pipeline.error());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Stopped, Stopped, Stopped, Stopped, true",
                "Stopped, -, -, -, true",
                "Stopped, Running, Stopped, Stopped, false",
                "Stopped, Stopped, Stopping, Stopped, false",
                "Stopped, Stopped, Stopped, Provisioned, false",
                "Stopping, Stopped, Stopping, Stopped, false",
                "stopped, Stopped, Stopped, Stopped, false",
                "Suspended, Suspended, Stopped, Stopped, false",
                "SomethingNew, Stopped, Stopped, Stopped, false",
            })
    void isStoppedWhenNothingOfItRunsOrIsToRun(
            String status, String desired, String resources, String resourcesDesired, boolean stopped) {
        FelderaPipeline pipeline =
                new FelderaPipeline("orders", "InUse", status, desired, null, resources, resourcesDesired, null);
        assertEquals(stopped, pipeline.stopped());
    }

    @ParameterizedTest
    @ValueSource(strings = {"InUse", "Clearing", "cleared", "ClearedPartly", ""})
    void anyWordButClearedIsNotCleared(String status) {
        assertFalse(new FelderaPipeline("orders", status, "Stopped", null, null, null, null, null).cleared());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"storage_status\":\"Cleared\"}", "{\"deployment_status\":\"Stopped\"}", "[]", "\"ok\""})
    void aStatusWithoutTheTwoIsNoAnswer(String body) {
        assertEquals(
                Kind.UNREADABLE,
                TestResponses.refused(CLIENT.status("orders"), TestResponses.answer(200, body))
                        .kind());
    }

    @Test
    void noErrorIsNone() {
        for (String error : new String[] {"null", "{}", "{\"message\":null}", "{\"message\":\" \"}", "\"odd\""}) {
            FelderaPipeline pipeline = TestResponses.said(
                            CLIENT.status("orders"),
                            200,
                            "{\"storage_status\":\"Cleared\",\"deployment_status\":\"Stopped\",\"deployment_error\":%s}"
                                    .formatted(error))
                    .pipeline();
            assertTrue(pipeline.error().filter(text -> !text.equals("null")).isEmpty(), error);
            assertTrue(pipeline.cleared());
        }
    }
}
