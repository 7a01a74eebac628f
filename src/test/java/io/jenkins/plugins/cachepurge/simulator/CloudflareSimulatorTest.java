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

class CloudflareSimulatorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String ID = CloudflareSimulator.DEMO_ZONE;
    private static final String ZONE = "/client/v4/zones/" + ID;
    private static final String PURGE = ZONE + "/purge_cache";
    private static final String ALL = "{\"purge_everything\":true}";

    private final SettableClock clock = new SettableClock(NOW);
    private final CloudflareSimulator cloudflare = CloudflareSimulator.demo(clock);
    private final SimServer server = SimServer.start(cloudflare);
    private final SimClient client =
            new SimClient(server.url(), "Authorization", "Bearer " + CloudflareSimulator.DEMO_TOKEN);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void purgesEverything() throws Exception {
        assertEquals(
                "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":{\"id\":\"" + ID + "\"}}",
                client.send("POST", PURGE, ALL).text());
        assertEquals(
                List.of(new RecordedCloudflarePurge(ID, "purge_everything", List.of(), false, NOW)),
                cloudflare.purges());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "files|https://www.example.com/a?b=c",
                "files|http://example.com/",
                "tags|Tag:1",
                "hosts|www.example.com",
                "prefixes|www.example.com/a/b",
                "prefixes|example.com"
            })
    void purgesOrInvalidatesWhatIsSelected(String by, String value) throws Exception {
        String body = "{\"%s\":[\"%s\"]}".formatted(by, value);
        assertEquals(200, client.send("POST", PURGE, body).status());
        assertEquals(200, client.send("POST", ZONE + "/invalidate_cache", body).status());
        assertEquals(
                List.of(
                        new RecordedCloudflarePurge(ID, by, List.of(value), false, NOW),
                        new RecordedCloudflarePurge(ID, by, List.of(value), true, NOW)),
                cloudflare.purges());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|1012",
                "{\"urls\":[\"https://example.com/\"]}|1012",
                "{\"purge_everything\":false}|1012",
                "{\"purge_everything\":true,\"tags\":[\"a\"]}|1092",
                "{\"hosts\":[\"example.com\"],\"tags\":[\"a\"]}|1092",
                "{\"tags\":[]}|1094",
                "{\"tags\":\"a\"}|1094",
                "{\"tags\":[1]}|1093",
                "{\"tags\":[\"a b\"]}|1106",
                "{\"tags\":[\"a,b\"]}|1106",
                "{\"tags\":[\"é\"]}|1106",
                "{\"files\":[\"/index.html\"]}|1016",
                "{\"files\":[\"https://example.org/\"]}|1016",
                "{\"files\":[\"https://notexample.com/\"]}|1016",
                "{\"hosts\":[\"https://example.com\"]}|1117",
                "{\"hosts\":[\"example.org\"]}|1117",
                "{\"prefixes\":[\"https://example.com/a\"]}|1120",
                "{\"prefixes\":[\"example.com/a?b\"]}|1120",
                "{\"prefixes\":[\"example.com/a#b\"]}|1120",
                "{\"prefixes\":[\"/a\"]}|1117"
            })
    void refusesWrongSelections(String body, int code) throws Exception {
        SimClient.Reply reply = client.send("POST", PURGE, body);
        assertEquals(400, reply.status());
        assertEquals(code, reply.json().at("/errors/0/code").intValue(), reply.text());
        assertEquals(List.of(), cloudflare.purges());
    }

    @Test
    void limitsWhatARequestNames() throws Exception {
        assertEquals(200, client.send("POST", PURGE, tags(100)).status());
        assertEquals(400, client.send("POST", PURGE, tags(101)).status());
        cloudflare.allowFiles(30);
        assertEquals(200, client.send("POST", PURGE, files(30)).status());
        assertEquals(400, client.send("POST", PURGE, files(31)).status());
        String deep = "example.com" + "/a".repeat(31);
        assertEquals(
                200,
                client.send("POST", PURGE, "{\"prefixes\":[\"" + deep + "\"]}").status());
        assertEquals(
                400,
                client.send("POST", PURGE, "{\"prefixes\":[\"" + deep + "/a\"]}")
                        .status());
        String longest = "t".repeat(1024);
        assertEquals(
                200,
                client.send("POST", PURGE, "{\"tags\":[\"" + longest + "\"]}").status());
        assertEquals(
                400,
                client.send("POST", PURGE, "{\"tags\":[\"" + longest + "t\"]}").status());
    }

    @Test
    void anUrlMayComeWithTheHeadersOfItsCacheKey() throws Exception {
        String file = "{\"url\":\"https://www.example.com/a\",\"headers\":{\"CF-IPCountry\":\"DE\"}}";
        assertEquals(
                200, client.send("POST", PURGE, "{\"files\":[" + file + "]}").status());
        assertEquals(
                List.of("https://www.example.com/a"), cloudflare.purges().get(0).values());
        assertEquals(
                400,
                client.send("POST", PURGE, "{\"files\":[{\"headers\":{}}]}").status());
    }

    private static String tags(int count) {
        return list("tags", count, "t");
    }

    private static String files(int count) {
        return list("files", count, "https://example.com/");
    }

    private static String list(String field, int count, String start) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + start + i + "\"")
                .collect(Collectors.joining(",", "{\"" + field + "\":[", "]}"));
    }

    @Test
    void refusesWhatIsNoJsonObject() throws Exception {
        assertEquals(400, client.send("POST", PURGE, "[]").status());
        assertEquals(400, client.send("POST", PURGE, ALL, "text/plain").status());
        assertEquals(400, client.send("POST", PURGE).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic x", "Bearer short", "bearer demo-cloudflare-token"})
    void aTokenMustLookLikeOne(String authorization) throws Exception {
        SimClient.Reply reply = client.with("Authorization", authorization).send("POST", PURGE, ALL);
        assertEquals(400, reply.status());
        assertTrue(reply.text().contains("{\"code\":6111,\"message\":\"Invalid format for Authorization header\"}"));
    }

    @Test
    void needsTheToken() throws Exception {
        SimClient.Reply reply =
                client.with("Authorization", "Bearer another-valid-token").send("POST", PURGE, ALL);
        assertEquals(403, reply.status());
        assertEquals(10000, reply.json().at("/errors/0/code").intValue());
    }

    @Test
    void knowsZones() throws Exception {
        assertEquals("example.com", client.get(ZONE).json().at("/result/name").textValue());
        assertEquals(404, client.get(ZONE.replace('0', '1')).status());
        assertEquals(
                7003,
                client.get("/client/v4/zones/example.com")
                        .json()
                        .at("/errors/0/code")
                        .intValue());
        assertEquals(400, client.get("/zones/" + ID).status());
        assertEquals(405, client.get(PURGE).status());
    }

    @Test
    void limitsRequests() throws Exception {
        cloudflare.limitPurges(2, Duration.ofMinutes(1));
        assertEquals(200, client.send("POST", PURGE, ALL).status());
        assertEquals(200, client.send("POST", PURGE, ALL).status());
        clock.advance(Duration.ofMillis(15_500));
        SimClient.Reply refused = client.send("POST", PURGE, ALL);
        assertEquals(429, refused.status());
        assertEquals("45", refused.header("Retry-After"));
        assertEquals(1134, refused.json().at("/errors/0/code").intValue());
        clock.advance(Duration.ofSeconds(45));
        assertEquals(200, client.send("POST", PURGE, ALL).status());
    }
}
