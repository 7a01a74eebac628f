package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import org.junit.jupiter.api.Test;

/** Services that say HTTP 200 to everything, and that say "for now" with any status. */
class ErrorInBodyTest {

    private static final ApiCall<JsonNode> CALL = new ApiCall<>(
            "Example",
            "do a thing",
            ApiRequest.post(TestCalls.URL),
            (json, answer) -> {
                if (json.path("ok").asBoolean()) {
                    return json;
                }
                throw new ErrorInBodyException();
            },
            (answer, json) -> {
                ServiceError error =
                        ServiceError.of("E7", json.path("message").asText("")).withAdvice("Do another.");
                return json.path("busy").asBoolean() ? error.asRateLimit() : error;
            },
            Idempotency.IDEMPOTENT);

    @Test
    void aNoInTheBodyIsARefusal() {
        ApiException problem = TestResponses.refused(
                CALL,
                TestResponses.answer(200, "{\"ok\":false,\"message\":\"no for t0ken-long\"}"),
                Signer.bearer("t0ken-long"));
        assertEquals(Kind.REFUSED, problem.kind());
        assertFalse(problem.kind().mayHaveTakenEffect());
        assertEquals(
                "Example was asked to do a thing and answered HTTP 200 E7: no for ****. Do another.",
                problem.getMessage());
    }

    @Test
    void aYesIsNone() {
        assertTrue(TestResponses.said(CALL, 200, "{\"ok\":true}").path("ok").asBoolean());
    }

    @Test
    void aRefusalForNowMayBeTriedAgainWhateverItsStatus() {
        for (int status : new int[] {200, 400}) {
            ApiException problem = TestResponses.refused(
                    CALL,
                    TestResponses.answer(status, "{\"busy\":true,\"message\":\"slow down\"}", "Retry-After", "7"));
            assertEquals(Kind.RATE_LIMITED, problem.kind());
            assertTrue(problem.kind().isRetryable());
            assertEquals(7, problem.retryAfter().orElseThrow().toSeconds());
        }
    }

    @Test
    void aGetThatActsDoesNotOnlyRead() {
        assertTrue(ApiRequest.get(TestCalls.URL).readOnly());
        assertFalse(ApiRequest.mutatingGet(TestCalls.URL).readOnly());
        assertFalse(ApiRequest.mutatingGet(TestCalls.URL)
                .withHeaders(java.util.Map.of("A", "b"))
                .readOnly());
    }
}
