package io.jenkins.plugins.cachepurge.client.gotipath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.HttpInternals;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.NoContent;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.TestResponses;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GotipathClientTest {

    private static final GotipathClient CLIENT = new GotipathClient(ApiUrl.of("https://apistream.gotipath.com"));
    private static final String ID = "292e6e2c-5f2b-4a0e-9d47-2a1f3f7a9c11";

    @Test
    void emptyIdsAreSaidToBeEmpty() {
        for (String empty : List.of("", " ")) {
            IllegalArgumentException problem = assertThrows(
                    IllegalArgumentException.class,
                    () -> GotipathClient.authentication(empty, "library", "the-key", Optional.empty()));
            assertEquals("the client id or the library id is empty", problem.getMessage());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> GotipathClient.authentication("client", empty, "the-key", Optional.empty()));
        }
    }

    @Test
    void purgesEverythingAsDocumented() {
        ApiCall<NoContent> call = CLIENT.purgeAll(ID);
        assertRequest(call, "{\"type\":\"all\",\"paths\":[]}");
        assertEquals("purge everything of distribution " + ID, call.purpose());
    }

    @Test
    void purgesPaths() {
        ApiCall<NoContent> call = CLIENT.purge(ID, "path", List.of("/a b?c=\"d\"", "/é"));
        assertRequest(call, "{\"type\":\"path\",\"paths\":[\"/a b?c=\\\"d\\\"\",\"/é\"]}");
        assertEquals("purge 2 paths of distribution " + ID, call.purpose());
        assertEquals(
                "purge path /a of distribution " + ID,
                CLIENT.purge(ID, "path", List.of("/a")).purpose());
    }

    private static void assertRequest(ApiCall<?> call, String json) {
        ApiRequest request = call.request();
        assertEquals("POST", request.method());
        assertEquals(
                "https://apistream.gotipath.com/v1/distributions/" + ID + "/purges",
                request.url().toString());
        assertEquals(Optional.of(json), request.bodyText());
        assertEquals(Map.of(), request.headers());
        assertEquals(Idempotency.IDEMPOTENT, call.idempotency());
        assertEquals("Gotipath CDN", call.service());
    }

    @Test
    void encodesAnOddId() {
        assertEquals(
                "https://apistream.gotipath.com/v1/distributions/a%2F..%20b/purges",
                CLIENT.purgeAll("a/.. b").request().url().toString());
    }

    /** An empty list means everything to the service. */
    @Test
    void noPathIsNotEverything() {
        assertThrows(IllegalArgumentException.class, () -> CLIENT.purge(ID, "path", List.of()));
    }

    @Test
    void authenticatesWithThreeHeadersAndMaybeAToken() {
        Map<String, String> three =
                Map.of("X-Auth-ClientId", "client", "X-Auth-LibraryId", "library", "X-Auth-ApiKey", "the-key");
        assertEquals(
                three,
                HttpInternals.headers(GotipathClient.authentication("client", "library", "the-key", Optional.empty())));
        Map<String, String> four = HttpInternals.headers(
                GotipathClient.authentication("client", "library", "the-key", Optional.of("the-token")));
        assertEquals(4, four.size());
        assertEquals("Bearer the-token", four.get("Authorization"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"anything\":[1]}"})
    void takesAnyObjectAsAcceptance(String body) {
        assertEquals(new NoContent(), TestResponses.said(CLIENT.purgeAll(ID), 200, body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|empty",
                "[]|not a JSON object",
                "null|not a JSON object",
                "\"ok\"|not a JSON object",
                "<html>|not JSON"
            })
    void anythingElseIsNoAnswer(String body, String why) {
        ApiException problem = TestResponses.refused(CLIENT.purgeAll(ID), TestResponses.answer(200, body));
        assertEquals(Kind.UNREADABLE, problem.kind());
        assertTrue(problem.getMessage().contains("): " + why), problem.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "401|{\"message\":\"Unauthorized\"}|Unauthorized|Check the client id, library id and API key behind credentialsId.",
                "403|{\"error\":\"no\"}|no|Check the client id, library id and API key behind credentialsId.",
                "404|{\"detail\":\"gone\"}|gone|Check distributionId.",
                "422|{\"message\":\"invalid\",\"errors\":{\"paths\":[\"is bad\"]}}|invalid; {\"paths\":[\"is bad\"]}|Check distributionId, type and paths.",
                "400|{\"message\":null,\"error\":7}|7|Check distributionId, type and paths.",
                "500|<html>500</html>|``|Try again later.",
            })
    void saysWhatGotipathSaidAndWhatToDo(int status, String body, String said, String advice) {
        ApiException problem = TestResponses.refused(CLIENT.purgeAll(ID), TestResponses.answer(status, body));
        assertEquals(status < 500 ? Kind.REFUSED : Kind.SERVER_ERROR, problem.kind());
        assertEquals("Gotipath CDN", problem.service());
        assertEquals(status, problem.status().orElseThrow());
        assertEquals(said, problem.serviceMessage());
        assertTrue(problem.getMessage().endsWith(". " + advice), problem.getMessage());
    }

    @Test
    void hidesEachOfItsSecretsWhereverTheServiceRepeatsThem() {
        Signer authentication =
                GotipathClient.authentication("the-client", "the-library", "the-key", Optional.of("the-token"));
        String body = """
                {"message": "for the-client", "errors": {"the-key": ["of the-library"]}, "detail": "Bearer the-token"}
                """;
        String message = TestResponses.refused(CLIENT.purgeAll(ID), TestResponses.answer(422, body), authentication)
                .getMessage();
        assertFalse(message.contains("the-"), message);
        assertTrue(message.contains("for ****; {\"****\":[\"of ****\"]}; Bearer ****"), message);
    }
}
