package io.jenkins.plugins.cachepurge.client.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.TestResponses;
import io.jenkins.plugins.cachepurge.simulator.ScalewayErrorResponses;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScalewayErrorReaderTest {

    private static final ScalewayClient CLIENT = new ScalewayClient(ApiUrl.of("https://api.scaleway.com"));

    record Said(SimResponse answer, Kind kind, String code, String said, String advice) {}

    static Stream<Said> errors() {
        return Stream.of(
                new Said(
                        ScalewayErrorResponses.invalidArgument("pipeline_id", "format", "must be a UUID"),
                        Kind.REFUSED,
                        "invalid_arguments",
                        "invalid argument(s); pipeline_id format must be a UUID",
                        "Check pipelineId, paths and pathsPerRequest."),
                new Said(
                        ScalewayErrorResponses.deniedAuthentication("expired"),
                        Kind.REFUSED,
                        "denied_authentication",
                        "authentication is denied; api_key expired",
                        "secret key (a UUID) of an API key that has not expired."),
                new Said(
                        ScalewayErrorResponses.permissionsDenied("purge_request", "write"),
                        Kind.REFUSED,
                        "permissions_denied",
                        "insufficient permissions; purge_request write",
                        "the permission set EdgeServicesFullAccess"),
                new Said(
                        ScalewayErrorResponses.quotasExceeded("purges", 5, 6),
                        Kind.REFUSED,
                        "quotas_exceeded",
                        "quota exceeded; purges 5 6",
                        "Ask Scaleway for a higher quota."),
                new Said(
                        ScalewayErrorResponses.notFound("pipeline", "x"),
                        Kind.REFUSED,
                        "not_found",
                        "resource is not found; pipeline x",
                        "Check pipelineId, and that the API key may see its project."),
                new Said(
                        ScalewayErrorResponses.transientState("pipeline", "x", "pending"),
                        Kind.REFUSED,
                        "transient_state",
                        "resource is in a transient state; pipeline x pending",
                        "Try again when the pipeline is ready."),
                new Said(
                        ScalewayErrorResponses.alreadyExists("pipeline", "x", "another one"),
                        Kind.REFUSED,
                        "already_exists",
                        "resource already exists; another one; pipeline x",
                        ""),
                new Said(
                        ScalewayErrorResponses.expired("pipeline", "x", Instant.EPOCH),
                        Kind.REFUSED,
                        "expired",
                        "resource is expired; pipeline x",
                        ""),
                new Said(
                        ScalewayErrorResponses.preconditionFailed("cache_on", "switch it on"),
                        Kind.REFUSED,
                        "precondition_failed",
                        "precondition failed; switch it on; cache_on",
                        ""),
                new Said(
                        ScalewayErrorResponses.locked("pipeline", "x"),
                        Kind.REFUSED,
                        "locked",
                        "resource is locked; pipeline x",
                        "Try again when the pipeline is ready."),
                new Said(
                        ScalewayErrorResponses.tooManyRequests(10, Duration.ofMinutes(1), 42, Optional.empty()),
                        Kind.RATE_LIMITED,
                        "too_many_requests",
                        "too many requests; wait before you ask again",
                        "Try again later"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void saysWhatScalewaySaidAndWhatToDo(Said said) {
        ApiException problem = refused(said.answer().status(), said.answer().bodyText());
        assertEquals(said.kind(), problem.kind());
        assertEquals("Scaleway Edge Services", problem.service());
        assertEquals(said.answer().status(), problem.status().orElseThrow());
        assertEquals(Optional.of(said.code()), problem.code());
        assertEquals(said.said(), problem.serviceMessage());
        String start = "Scaleway Edge Services was asked to purge everything of pipeline p and answered HTTP %d %s: %s."
                .formatted(said.answer().status(), said.code(), said.said());
        assertTrue(problem.getMessage().startsWith(start), problem.getMessage());
        assertTrue(problem.getMessage().contains(said.advice()), problem.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"42, PT42S", "0, PT0S", "-1, PT0S", "2.9, PT2S", "1e300, P7D", "\"42\", -", "null, -"})
    void readsWhenTheRateLimitEnds(String seconds, Duration hint) {
        ApiException problem = refused(429, "{\"type\":\"too_many_requests\",\"reset_seconds\":%s}".formatted(seconds));
        assertEquals(Optional.ofNullable(hint), problem.retryAfter());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404|{\"message\":\"not found\"}|not found|Check the names and ids",
                "401|<html>401</html>||secret key (a UUID)",
                "500|{\"type\":{},\"details\":\"odd\",\"message\":[]}||Try again later."
            })
    void copesWithAnswersOfSomebodyElse(int status, String body, String said, String advice) {
        ApiException problem = refused(status, body);
        assertEquals(Optional.empty(), problem.code());
        assertEquals(said == null ? "" : said, problem.serviceMessage());
        assertTrue(problem.getMessage().contains(advice), problem.getMessage());
    }

    @Test
    void anUnknownTypeIsQuoted() {
        ApiException problem = refused(418, "{\"type\":\"teapot\",\"message\":\"short and stout\"}");
        assertTrue(problem.getMessage().endsWith("answered HTTP 418 teapot: short and stout."), problem.getMessage());
    }

    private static ApiException refused(int status, String body) {
        return TestResponses.refused(CLIENT.purgeAll("p"), TestResponses.answer(status, body));
    }
}
