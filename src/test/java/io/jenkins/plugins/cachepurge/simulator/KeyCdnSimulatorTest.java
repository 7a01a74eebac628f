package io.jenkins.plugins.cachepurge.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCdnSimulatorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String ID = KeyCdnSimulator.DEMO_ZONE;
    private static final String HOST = KeyCdnSimulator.DEMO_HOST;
    private static final String ALL = "/zones/purge/" + ID + ".json";
    private static final String URLS = "/zones/purgeurl/" + ID + ".json";
    private static final String TAGS = "/zones/purgetag/" + ID + ".json";

    private final SettableClock clock = new SettableClock(NOW);
    private final KeyCdnSimulator keyCdn = KeyCdnSimulator.demo(clock);
    private final SimServer server = SimServer.start(keyCdn);
    private final SimClient client =
            new SimClient(server.url(), "Authorization", basic(KeyCdnSimulator.DEMO_KEY + ":"));

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void purgesEverythingByGet() throws Exception {
        assertEquals("success", client.get(ALL).json().get("status").textValue());
        assertEquals(List.of(new RecordedKeyCdnPurge(ID, "all", List.of(), NOW)), keyCdn.purges());
        assertEquals(405, client.send("POST", ALL).status());
    }

    @Test
    void purgesUrlsAndTags() throws Exception {
        assertEquals(
                "{\"status\":\"success\",\"description\":\"Cache has been cleared for URL(s).\"}",
                client.send("DELETE", URLS, "{\"urls\":[\"" + HOST + "/a?b=c\"]}")
                        .text());
        client.send("DELETE", TAGS, "{\"tags\":[\"a\",\"b\"]}");
        assertEquals(
                List.of(
                        new RecordedKeyCdnPurge(ID, "urls", List.of(HOST + "/a?b=c"), NOW),
                        new RecordedKeyCdnPurge(ID, "tags", List.of("a", "b"), NOW)),
                keyCdn.purges());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://demo-1.kxcdn.com/a", "cdn.example.com/a", "/a", "demo-1.kxcdn.com"})
    void anUrlBeginsWithTheZonesHost(String url) throws Exception {
        SimClient.Reply reply = client.send("DELETE", URLS, "{\"urls\":[\"" + url + "\"]}");
        assertEquals(200, reply.status(), "an error all the same");
        assertEquals("error", reply.json().get("status").textValue());
        assertEquals(List.of(), keyCdn.purges());
    }

    @Test
    void takes128CharactersOfTags() throws Exception {
        String longest = "{\"tags\":[\"" + "a".repeat(63) + "\",\"" + "b".repeat(64) + "\"]}";
        assertEquals(
                "success",
                client.send("DELETE", TAGS, longest).json().get("status").textValue());
        String longer = longest.replace("[\"", "[\"a");
        assertEquals(
                "error",
                client.send("DELETE", TAGS, longer).json().get("status").textValue());
        assertEquals(
                "error",
                client.send("DELETE", TAGS, "{\"tags\":[\"a b\"]}")
                        .json()
                        .get("status")
                        .textValue());
        assertEquals(1, keyCdn.purges().size());
    }

    @Test
    void takes64KilobytesButNoMore() throws Exception {
        String body = IntStream.range(0, 1000)
                .mapToObj(i -> "\"" + HOST + "/" + i + "\"")
                .collect(Collectors.joining(",", "{\"urls\":[", "]}"));
        String fit = body + " ".repeat(64 * 1024 - body.length());
        assertEquals(200, client.send("DELETE", URLS, fit).status());
        assertEquals(413, client.send("DELETE", URLS, fit + " ").status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{",
                "{\"urls\":[]}",
                "{\"urls\":\"a\"}",
                "{\"urls\":[1]}",
                "{\"tags\":[\"a\"]}",
                "{\"urls\":[\"demo-1.kxcdn.com/a\"],\"tags\":[]}"
            })
    void refusesWrongBodies(String body) throws Exception {
        SimClient.Reply reply = client.send("DELETE", URLS, body);
        assertEquals(400, reply.status());
        assertEquals("error", reply.json().get("status").textValue());
        assertEquals(
                400,
                client.send("DELETE", URLS, "{\"urls\":[\"demo-1.kxcdn.com/a\"]}", "text/plain")
                        .status());
        assertEquals(List.of(), keyCdn.purges());
    }

    @Test
    void needsTheKeyAsUserAndNoPassword() throws Exception {
        for (String wrong : List.of("demo-keycdn-key", ":demo-keycdn-key", "demo-keycdn-key:x", "other:")) {
            assertEquals(
                    401, client.with("Authorization", basic(wrong)).get(ALL).status(), wrong);
        }
        assertEquals(401, client.with().get(ALL).status());
        assertEquals(List.of(), keyCdn.purges());
    }

    @Test
    void knowsZones() throws Exception {
        assertEquals(
                "demo",
                client.get("/zones/" + ID + ".json")
                        .json()
                        .at("/data/zone/name")
                        .textValue());
        assertEquals(404, client.get("/zones/1.json").status());
        assertEquals(404, client.get("/zones/" + ID).status());
        assertEquals(404, client.get("/zones/purge/1.json").status());
    }

    @Test
    void limitsCalls() throws Exception {
        keyCdn.limitCalls(1);
        assertEquals("0", client.get(ALL).header("X-Rate-Limit-Remaining"));
        SimClient.Reply refused = client.get(ALL);
        assertEquals(429, refused.status());
        assertTrue(refused.header("Retry-After").isEmpty());
        clock.advance(Duration.ofMinutes(1));
        assertEquals(200, client.get(ALL).status());
        assertEquals(2, keyCdn.purges().size());
    }
}
