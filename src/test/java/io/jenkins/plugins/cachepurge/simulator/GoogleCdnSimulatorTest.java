package io.jenkins.plugins.cachepurge.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cachepurge.client.google.GoogleTokens;
import io.jenkins.plugins.cachepurge.client.google.ServiceAccountKey;
import io.jenkins.plugins.cachepurge.client.http.HttpInternals;
import io.jenkins.plugins.cachepurge.client.http.TokenExchange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleCdnSimulatorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String INVALIDATE = "/compute/v1/projects/acme-web/global/urlMaps/web-map/invalidateCache";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final SettableClock clock = new SettableClock(NOW);
    private final GoogleCdnSimulator google = GoogleCdnSimulator.demo(clock);
    private final SimServer server = SimServer.start(google);
    private final SimClient anonymous = new SimClient(server.url());

    @AfterEach
    void close() {
        server.close();
    }

    private SimClient.Reply token(Instant signedAt) throws Exception {
        ServiceAccountKey key = ServiceAccountKey.parse(google.account().jsonKey(server.url() + "/token"));
        TokenExchange exchange = (TokenExchange) GoogleTokens.of(key);
        return anonymous.send("POST", "/token", HttpInternals.body(exchange, signedAt), FORM);
    }

    private SimClient client() throws Exception {
        String token = token(clock.instant()).json().get("access_token").asText();
        return new SimClient(server.url(), "Authorization", "Bearer " + token);
    }

    @Test
    void grantsTokensForAssertionsThatAreNew() throws Exception {
        assertEquals(200, token(NOW).status());
        assertEquals(200, token(NOW.minusSeconds(300)).status());
        SimClient.Reply old = token(NOW.minusSeconds(301));
        assertEquals(400, old.status());
        assertEquals("invalid_grant", old.json().get("error").asText());
        assertEquals(400, token(NOW.plusSeconds(301)).status());
        assertEquals(
                400,
                anonymous
                        .send("POST", "/token", "grant_type=x&assertion=a.b.c", FORM)
                        .status());
        google.disableAccount();
        assertEquals(400, token(NOW).status());
    }

    @Test
    void aTokenEnds() throws Exception {
        SimClient client = client();
        String map = "/compute/v1/projects/acme-web/global/urlMaps/web-map";
        assertEquals(200, client.get(map).status());
        assertEquals(401, anonymous.get(map).status());
        clock.advance(Duration.ofHours(1));
        assertEquals(401, client.get(map).status());
    }

    @Test
    void aRequestIdIsServedOnce() throws Exception {
        SimClient client = client();
        String url = INVALIDATE + "?requestId=292e6e2c-5f2b-4a0e-9d47-2a1f3f7a9c11";
        String first =
                client.send("POST", url, "{\"path\":\"/a\"}").json().get("name").asText();
        assertEquals(
                first,
                client.send("POST", url, "{\"path\":\"/a\"}").json().get("name").asText());
        assertEquals(400, client.send("POST", url, "{\"path\":\"/b\"}").status());
        assertEquals(1, google.invalidations().size());
        String operation = "/compute/v1/projects/acme-web/global/operations/" + first;
        assertEquals("PENDING", client.get(operation).json().get("status").asText());
        clock.advance(Duration.ofSeconds(5));
        assertEquals("RUNNING", client.get(operation).json().get("status").asText());
        clock.advance(Duration.ofSeconds(5));
        assertEquals("DONE", client.get(operation).json().get("status").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?requestId=0|{\"path\":\"/\"}",
                "?requestId=00000000-0000-0000-0000-000000000000|{\"path\":\"/\"}",
                "?dryRun=1|{\"path\":\"/\"}",
                "|{}",
                "|[]",
                "|{\"path\":\"a\"}",
                "|{\"path\":\"/a*\"}",
                "|{\"path\":\"/*/a\"}",
                "|{\"path\":\"/a?b\"}",
                "|{\"host\":\"*.example.org\"}",
                "|{\"cacheTags\":[]}",
                "|{\"cacheTags\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\"]}",
                "|{\"contentType\":\"text/html\"}"
            })
    void refusesWhatGoogleRefuses(String query, String body) throws Exception {
        assertEquals(
                400,
                client().send("POST", INVALIDATE + (query == null ? "" : query), body)
                        .status());
        assertEquals(List.of(), google.invalidations());
    }

    @Test
    void fiveHundredAMinuteAreAllowed() throws Exception {
        google.limitInvalidations(1);
        SimClient client = client();
        assertEquals(200, client.send("POST", INVALIDATE, "{\"path\":\"/a\"}").status());
        SimClient.Reply refused = client.send("POST", INVALIDATE, "{\"path\":\"/b\"}");
        assertEquals(403, refused.status());
        assertEquals(
                "rateLimitExceeded",
                refused.json()
                        .path("error")
                        .path("errors")
                        .path(0)
                        .path("reason")
                        .asText());
        clock.advance(Duration.ofMinutes(1));
        assertEquals(200, client.send("POST", INVALIDATE, "{\"path\":\"/b\"}").status());
    }
}
