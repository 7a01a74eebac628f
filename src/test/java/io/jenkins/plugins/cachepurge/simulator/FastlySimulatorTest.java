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
import org.junit.jupiter.params.provider.ValueSource;

class FastlySimulatorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String ID = FastlySimulator.DEMO_SERVICE;
    private static final String PURGE = "/service/" + ID + "/purge";

    private final SettableClock clock = new SettableClock(NOW);
    private final FastlySimulator fastly = FastlySimulator.demo(clock);
    private final SimServer server = SimServer.start(fastly);
    private final SimClient client = new SimClient(server.url(), "Fastly-Key", FastlySimulator.DEMO_TOKEN);
    private final SimClient soft = client.with("Fastly-Key", FastlySimulator.DEMO_TOKEN, "Fastly-Soft-Purge", "1");

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void purgesEverythingWhichIsNeverSoft() throws Exception {
        assertEquals("{\"status\":\"ok\"}", soft.send("POST", PURGE + "_all").text());
        assertEquals(List.of(new RecordedFastlyPurge(ID, "all", List.of(), false, NOW)), fastly.purges());
    }

    @Test
    void purgesKeysOfTheBodyAndOfTheHeader() throws Exception {
        SimClient.Reply reply = client.send("POST", PURGE, "{\"surrogate_keys\":[\"a\",\"b\"]}");
        assertEquals("[\"a\",\"b\"]", SimJson.text(List.copyOf(keys(reply))));
        client.with("Fastly-Key", FastlySimulator.DEMO_TOKEN, "Surrogate-Key", "c d")
                .send("POST", PURGE);
        soft.send("POST", PURGE, "{\"surrogate_keys\":[\"e\"]}");
        assertEquals(
                List.of(
                        new RecordedFastlyPurge(ID, "keys", List.of("a", "b"), false, NOW),
                        new RecordedFastlyPurge(ID, "keys", List.of("c", "d"), false, NOW),
                        new RecordedFastlyPurge(ID, "keys", List.of("e"), true, NOW)),
                fastly.purges());
    }

    private static List<String> keys(SimClient.Reply reply) throws Exception {
        return reply.json().properties().stream()
                .map(java.util.Map.Entry::getKey)
                .toList();
    }

    @Test
    void purgesOneKeyOrUrl() throws Exception {
        assertEquals(
                "ok", client.send("POST", PURGE + "/a").json().get("status").textValue());
        client.send("POST", "/purge/www.example.com/a%20b/?c=d&a=1");
        soft.send("POST", "/purge/https://www.example.com/");
        assertEquals(
                List.of("[a] false", "[www.example.com/a%20b/?c=d&a=1] false", "[https://www.example.com/] true"),
                fastly.purges().stream()
                        .map(purge -> purge.values() + " " + purge.soft())
                        .toList());
    }

    @Test
    void takes256KeysButNoMore() throws Exception {
        assertEquals(200, client.send("POST", PURGE, withKeys(256)).status());
        SimClient.Reply refused = client.send("POST", PURGE, withKeys(257));
        assertEquals(400, refused.status());
        assertEquals(
                "{\"status\":\"fail\",\"reason\":\"Batch surrogate key request only supports up to 256 surrogate keys\"}",
                refused.text());
    }

    private static String withKeys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\"")
                .collect(Collectors.joining(",", "{\"surrogate_keys\":[", "]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{",
                "{\"surrogate_keys\":[]}",
                "{\"surrogate_keys\":\"a\"}",
                "{\"surrogate_keys\":[1]}",
                "{\"surrogate_keys\":[\"a b\"]}",
                "{\"surrogate_keys\":[\"\"]}",
                "{\"surrogate_keys\":[\"a\"],\"soft\":true}",
            })
    void refusesWrongBodies(String body) throws Exception {
        assertEquals(400, client.send("POST", PURGE, body).status());
        assertEquals(List.of(), fastly.purges());
    }

    @Test
    void refusesWhatIsNoJsonOrNoUrl() throws Exception {
        assertEquals(
                400,
                client.send("POST", PURGE, "{\"surrogate_keys\":[\"a\"]}", "text/plain")
                        .status());
        assertEquals(400, client.send("POST", PURGE).status());
        assertEquals(400, client.send("POST", "/purge/localhost").status());
        assertEquals(405, client.get("/purge/www.example.com/").status());
    }

    @Test
    void needsTheToken() throws Exception {
        for (SimClient other : List.of(client.with(), client.with("Fastly-Key", "other"))) {
            SimClient.Reply reply = other.send("POST", PURGE + "_all");
            assertEquals(401, reply.status());
            assertEquals("{\"msg\":\"Provided credentials are missing or invalid\"}", reply.text());
        }
        fastly.selectOnly();
        assertEquals(403, client.send("POST", PURGE + "_all").status());
        assertEquals(200, client.send("POST", PURGE + "/a").status());
    }

    @Test
    void knowsServices() throws Exception {
        assertEquals("Website", client.get("/service/" + ID).json().get("name").textValue());
        assertEquals(404, client.get("/service/other").status());
        assertEquals(404, client.send("POST", "/service/other/purge_all").status());
        assertEquals(404, client.get("/services").status());
        assertEquals(405, client.get(PURGE + "_all").status());
    }

    @Test
    void limitsThePurgesOfAnHour() throws Exception {
        fastly.limitPurges(1);
        assertEquals(200, client.send("POST", PURGE + "_all").status());
        SimClient.Reply refused = client.send("POST", PURGE + "_all");
        assertEquals(429, refused.status());
        assertEquals(
                NOW.plus(Duration.ofHours(1)).getEpochSecond(),
                Long.parseLong(refused.header("Fastly-RateLimit-Reset")));
        assertTrue(refused.text().contains("hourly rate limit"));
        clock.advance(Duration.ofHours(1));
        assertEquals(200, client.send("POST", PURGE + "_all").status());
        assertEquals(2, fastly.purges().size());
    }
}
