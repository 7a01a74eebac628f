package io.jenkins.plugins.cachepurge.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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

class GcoreSimulatorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String PURGE = "/cdn/resources/7/purge";
    private static final String HISTORY = "/cdn/purge_statuses";

    private final SettableClock clock = new SettableClock(NOW);
    private final GcoreSimulator gcore = new GcoreSimulator(clock, "key")
            .addResource(7, "a.example", "b.example")
            .addResource(8, "c.example");
    private final SimServer server = SimServer.start(gcore);
    private final SimClient client = new SimClient(server.url(), "Authorization", "APIKey key");

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void purgesByUrlByPatternAndEverything() throws Exception {
        SimClient.Reply reply = client.send("POST", PURGE, "{\"urls\":[\"/a?b\"]}");
        assertEquals(201, reply.status());
        assertEquals("[\"/a?b\"]", reply.text());
        assertEquals(
                201, client.send("POST", PURGE, "{\"paths\":[\"/a*\",\"/b\"]}").status());
        assertEquals(201, client.send("POST", PURGE, "{\"paths\":[]}").status());
        assertEquals(
                List.of("purge_by_url", "purge_by_pattern", "purge_all"),
                gcore.purges().stream().map(RecordedGcorePurge::type).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"urls\":[]}",
                "{\"urls\":[\"a\"]}",
                "{\"urls\":[\"/a*\"]}",
                "{\"urls\":[\"https://a.example/a\"]}",
                "{\"urls\":[7]}",
                "{\"urls\":\"/a\"}",
                "{\"urls\":[\"/a\"],\"paths\":[]}",
                "{\"paths\":[\"/a*b\"]}",
                "{\"paths\":[\"a*\"]}",
                "{\"paths\":null}"
            })
    void refusesWrongBodies(String body) throws Exception {
        SimClient.Reply reply = client.send("POST", PURGE, body);
        assertEquals(400, reply.status());
        assertTrue(reply.json().get("errors").isObject());
        assertEquals(List.of(), gcore.purges());
    }

    @ParameterizedTest
    @CsvSource({"urls, 100", "paths, 10"})
    void takesSoManyButNoMore(String field, int most) throws Exception {
        assertEquals(201, client.send("POST", PURGE, body(field, most)).status());
        assertEquals(400, client.send("POST", PURGE, body(field, most + 1)).status());
    }

    private static String body(String field, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"/" + i + "\"")
                .collect(Collectors.joining(",", "{\"" + field + "\":[", "]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"urls\":[\"/a\"]}|2", "{\"paths\":[\"/a\"]}|1", "{\"paths\":[]}|1"})
    void limitsEachKindOfEachResource(String body, int quota) throws Exception {
        for (int i = 0; i < quota; i++) {
            assertEquals(201, client.send("POST", PURGE, body).status());
        }
        assertEquals(429, client.send("POST", PURGE, body).status());
        assertEquals(201, client.send("POST", PURGE.replace('7', '8'), body).status());
        clock.advance(Duration.ofMinutes(1));
        assertEquals(201, client.send("POST", PURGE, body).status());
    }

    @Test
    void tellsHowAPurgeGoes() throws Exception {
        gcore.purgeTakes(Duration.ofSeconds(5), "Successful").nextFinalStatuses("Failed");
        client.send("POST", PURGE, "{\"urls\":[\"/a\"]}");
        JsonNode purge = client.get(HISTORY).json().get(0);
        assertEquals("In progress", purge.get("status").textValue());
        assertEquals("{\"urls\":[\"/a\"]}", purge.get("payload").toString());
        assertEquals("{\"id\":7,\"cname\":\"a.example\"}", purge.get("resource").toString());
        assertEquals("2026-03-01T10:00:00Z", purge.get("created").textValue());
        clock.advance(Duration.ofSeconds(5));
        assertEquals("Failed", client.get(HISTORY).json().get(0).get("status").textValue());
    }

    @ParameterizedTest
    @CsvSource({
        "'', '[3,2,1]'",
        "?cname=c.example, '[3]'",
        "?purge_type=purge_all, '[2]'",
        "?status=Failed, '[1]'",
        "?from_created=2026-03-01T10:00:00Z, '[3,2]'",
        "?to_created=2026-03-01T09:59:59.999Z, '[1]'",
        "?limit=2, '[3,2]'",
        "?offset=2&limit=1, '[1]'"
    })
    void filtersTheHistory(String query, String ids) throws Exception {
        gcore.addPurge(7, "purge_by_url", List.of("/a"), NOW.minusSeconds(60), "Failed")
                .addPurge(7, "purge_all", List.of(), NOW, "Successful")
                .addPurge(8, "purge_by_pattern", List.of("/a*"), NOW.plusSeconds(1), "Successful");
        assertEquals(ids, ids(client.get(HISTORY + query).json()));
        gcore.inPages();
        assertEquals(ids, ids(client.get(HISTORY + query).json().get("results")));
    }

    private static String ids(JsonNode list) {
        return list.findValues("purge_id").stream().map(JsonNode::toString).collect(Collectors.joining(",", "[", "]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=101", "limit=0", "offset=-1", "limit=x", "from_created=today", "page=1"})
    void refusesOtherFilters(String query) throws Exception {
        assertEquals(400, client.get(HISTORY + "?" + query).status());
    }

    @Test
    void knowsResources() throws Exception {
        JsonNode resource = client.get("/cdn/resources/7").json();
        assertEquals("a.example", resource.get("cname").textValue());
        assertEquals("[\"b.example\"]", resource.get("secondaryHostnames").toString());
        assertEquals(404, client.get("/cdn/resources/9").status());
        assertEquals(404, client.get("/cdn/resources/x").status());
        assertEquals(405, client.get(PURGE).status());
    }

    @Test
    void needsItsToken() throws Exception {
        for (String other : List.of("APIKey other", "Bearer key", "key")) {
            assertEquals(
                    401,
                    client.with("Authorization", other).get("/cdn/resources/7").status());
        }
    }
}
