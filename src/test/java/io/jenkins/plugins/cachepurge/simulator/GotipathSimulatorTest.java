package io.jenkins.plugins.cachepurge.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GotipathSimulatorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String ID = "292e1111-2222-4333-8444-555555555555";
    private static final String OTHER = "292e1111-2222-4333-8444-666666666666";
    private static final String PURGES = "/v1/distributions/" + ID + "/purges";
    private static final String ALL = "{\"type\":\"all\",\"paths\":[]}";

    private final SettableClock clock = new SettableClock(NOW);
    private final GotipathSimulator gotipath = new GotipathSimulator(clock, "client", "library", "key")
            .addDistribution(ID)
            .addDistribution(OTHER);
    private final SimServer server = SimServer.start(gotipath);
    private final SimClient client = new SimClient(
            server.url(), "X-Auth-ClientId", "client", "X-Auth-LibraryId", "library", "X-Auth-ApiKey", "key");

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void purgesEverything() throws Exception {
        SimClient.Reply reply = client.send("POST", PURGES, ALL);
        assertEquals(200, reply.status());
        assertEquals("{}", reply.text());
        assertEquals(List.of(new RecordedGotipathPurge(ID, "all", List.of(), NOW)), gotipath.purges());
    }

    @Test
    void purgesPaths() throws Exception {
        client.send("POST", PURGES, "{\"type\":\"url\",\"paths\":[\"/a?b=c\",\"/d\"]}");
        assertEquals(List.of(new RecordedGotipathPurge(ID, "url", List.of("/a?b=c", "/d"), NOW)), gotipath.purges());
    }

    @Test
    void takesAHundredPathsButNoMore() throws Exception {
        assertEquals(200, client.send("POST", PURGES, withPaths(100)).status());
        assertEquals(422, client.send("POST", PURGES, withPaths(101)).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":\"all\"}",
                "{\"paths\":[]}",
                "{\"type\":\"\",\"paths\":[\"/a\"]}",
                "{\"type\":1,\"paths\":[\"/a\"]}",
                "{\"type\":\"all\",\"paths\":null}",
                "{\"type\":\"all\",\"paths\":[\"/a\"]}",
                "{\"type\":\"url\",\"paths\":[]}",
                "{\"type\":\"url\",\"paths\":[\"a\"]}",
                "{\"type\":\"url\",\"paths\":[\"https://example.org/a\"]}",
                "{\"type\":\"url\",\"paths\":[1]}",
                "{\"type\":\"all\",\"paths\":[],\"urls\":[]}",
            })
    void refusesWrongFields(String body) throws Exception {
        SimClient.Reply reply = client.send("POST", PURGES, body);
        assertEquals(422, reply.status());
        assertTrue(reply.json().get("errors").isObject());
        assertEquals(List.of(), gotipath.purges());
    }

    @Test
    void refusesWhatIsNoJsonObject() throws Exception {
        assertEquals(400, client.send("POST", PURGES, "[]").status());
        assertEquals(400, client.send("POST", PURGES, "{").status());
        assertEquals(400, client.send("POST", PURGES, ALL, "text/plain").status());
        assertEquals(400, client.send("POST", PURGES).status());
    }

    @ParameterizedTest
    @CsvSource({"other, library, key", "client, other, key", "client, library, other", "client, library, ''"})
    void needsAllThreeCredentials(String clientId, String libraryId, String apiKey) throws Exception {
        SimClient other =
                client.with("X-Auth-ClientId", clientId, "X-Auth-LibraryId", libraryId, "X-Auth-ApiKey", apiKey);
        assertEquals(401, other.send("POST", PURGES, ALL).status());
        assertEquals(
                401, client.with("Authorization", "Bearer key").get("/v1/x").status());
    }

    @Test
    void needsABearerIfSaidSo() throws Exception {
        gotipath.requireBearer("b");
        assertEquals(401, client.send("POST", PURGES, ALL).status());
        SimClient bearer = client.with(
                "X-Auth-ClientId",
                "client",
                "X-Auth-LibraryId",
                "library",
                "X-Auth-ApiKey",
                "key",
                "Authorization",
                "Bearer b");
        assertEquals(200, bearer.send("POST", PURGES, ALL).status());
    }

    @Test
    void knowsDistributions() throws Exception {
        assertEquals(ID, client.get("/v1/distributions/" + ID).json().get("id").textValue());
        assertEquals(
                404, client.get("/v1/distributions/" + ID.replace('2', '3')).status());
        assertEquals(422, client.get("/v1/distributions/1").status());
        assertEquals(404, client.get("/v1/distributions").status());
        assertEquals(405, client.get(PURGES).status());
    }

    @Test
    void limitsPurgesOfEachDistribution() throws Exception {
        gotipath.limitPurges();
        assertEquals(200, client.send("POST", PURGES, ALL).status());
        assertEquals(200, client.send("POST", PURGES.replace(ID, OTHER), ALL).status());
        clock.advance(Duration.ofMillis(15_500));
        SimClient.Reply refused = client.send("POST", PURGES, ALL);
        assertEquals(429, refused.status());
        assertEquals("45", refused.header("Retry-After"));
        clock.advance(Duration.ofSeconds(45));
        assertEquals(200, client.send("POST", PURGES, ALL).status());
        assertEquals(3, gotipath.purges().size());
    }

    private static String withPaths(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"/" + i + "\"")
                .collect(Collectors.joining(",", "{\"type\":\"url\",\"paths\":[", "]}"));
    }
}
