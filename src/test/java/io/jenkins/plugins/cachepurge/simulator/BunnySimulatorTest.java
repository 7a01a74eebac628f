package io.jenkins.plugins.cachepurge.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BunnySimulatorTest {

    private static final String URL = "https%3A%2F%2Facme.b-cdn.net%2F";
    private static final String PURGE_CACHE = "/pullzone/7/purgeCache";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
    private final BunnySimulator bunny = new BunnySimulator(clock, "key").addPullZone(7, "acme");
    private final SimServer server = SimServer.start(bunny);
    private final SimClient client = new SimClient(server.url(), "AccessKey", "key");

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "a.js, URL, a.js, false",
        "a.js&async=true, URL, a.js, true",
        "img%2F, PREFIX, img/, false",
        "img%2F&exactPath=true, URL, img/, false",
        "img%2F*, PREFIX, img/, false",
        "img%2F*&exactPath=true, PREFIX, img/, false"
    })
    void tellsOneUrlFromMany(String query, RecordedBunnyPurge.Kind kind, String what, boolean async) throws Exception {
        SimClient.Reply reply = client.send("POST", "/purge?url=" + URL + query);
        assertEquals(200, reply.status());
        assertEquals("", reply.text());
        assertEquals(List.of(new RecordedBunnyPurge(kind, "https://acme.b-cdn.net/" + what, 0, async)), bunny.purges());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?url=",
                "?url=%2Fa.js",
                "?url=acme.b-cdn.net%2Fa",
                "?url=ftp%3A%2F%2Fa%2Fb",
                "?url=https%3A%2F%2F*.b-cdn.net%2Fa",
                "?url=https%3A%2F%2Fa%2Fb&async=1",
                "?url=https%3A%2F%2Fa%2Fb&wait=true"
            })
    void refusesWhatIsNoUrl(String query) throws Exception {
        SimClient.Reply reply = client.send("POST", "/purge" + query);
        assertEquals(400, reply.status());
        assertTrue(reply.json().has("ErrorKey"));
        assertEquals(List.of(), bunny.purges());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"``|ALL|``", "{}|ALL|``", "{\"CacheTag\":\"\"}|ALL|``", "{\"CacheTag\":\"t\"}|TAG|t"})
    void purgesAPullZoneOrATag(String body, RecordedBunnyPurge.Kind kind, String tag) throws Exception {
        SimClient.Reply reply =
                body.isEmpty() ? client.send("POST", PURGE_CACHE) : client.send("POST", PURGE_CACHE, body);
        assertEquals(204, reply.status());
        assertEquals(List.of(new RecordedBunnyPurge(kind, tag, 7, false)), bunny.purges());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "{\"CacheTag\":7}", "{\"cacheTag\":\"t\"}"})
    void refusesOtherBodies(String body) throws Exception {
        assertEquals(400, client.send("POST", PURGE_CACHE, body).status());
        assertEquals(List.of(), bunny.purges());
    }

    @Test
    void knowsPullZones() throws Exception {
        assertEquals("acme", client.get("/pullzone/7").json().get("Name").textValue());
        assertEquals(1, client.get("/pullzone/count").json().get("Count").intValue());
        assertEquals(404, client.get("/pullzone/8").status());
        assertEquals(404, client.get("/pullzone/x").status());
        assertEquals(404, client.send("POST", "/pullzone/8/purgeCache").status());
        assertEquals(405, client.get(PURGE_CACHE).status());
    }

    @Test
    void needsItsKey() throws Exception {
        assertEquals(401, client.with("AccessKey", "other").get("/pullzone/7").status());
        assertEquals(
                401,
                client.with("Authorization", "Bearer key").get("/pullzone/7").status());
    }

    @ParameterizedTest
    @CsvSource({"a, 120, 200, 1", "a*, 20, 2000, 2"})
    void limitsTheRateByKind(String path, int burst, int millis, String retryAfter) throws Exception {
        for (int i = 0; i < burst; i++) {
            assertEquals(200, purge(path).status());
        }
        SimClient.Reply refused = purge(path);
        assertEquals(429, refused.status());
        assertEquals(retryAfter, refused.header("Retry-After"));
        clock.advance(Duration.ofMillis(millis));
        assertEquals(200, purge(path).status());
        assertEquals(429, purge(path).status());
        assertEquals(200, purge(path.equals("a") ? "a*" : "a").status(), "the other kind is counted by itself");
    }

    private SimClient.Reply purge(String path) throws Exception {
        return client.send("POST", "/purge?url=" + URL + path);
    }
}
