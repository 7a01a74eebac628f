package io.jenkins.plugins.cachepurge.client.keycdn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.HttpTestClient;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.TestResponses;
import io.jenkins.plugins.cachepurge.simulator.KeyCdnSimulator;
import io.jenkins.plugins.cachepurge.simulator.SettableClock;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeyCdnClientTest {

    private static final long ID = Long.parseLong(KeyCdnSimulator.DEMO_ZONE);
    private static final String HOST = KeyCdnSimulator.DEMO_HOST;
    private static final String API = "https://api.keycdn.com";
    private static final KeyCdnClient CLIENT = new KeyCdnClient(ApiUrl.of(API));
    private static final Signer KEY = Signer.basicUser(KeyCdnSimulator.DEMO_KEY);

    private final KeyCdnSimulator keyCdn =
            KeyCdnSimulator.demo(new SettableClock(Instant.parse("2026-03-01T10:00:00Z")));
    private final SimServer server = SimServer.start(keyCdn);
    private final KeyCdnClient client = new KeyCdnClient(ApiUrl.of(server.url().toString()));
    private final HttpTestClient wire = new HttpTestClient();

    @AfterEach
    void close() {
        wire.close();
        server.close();
    }

    record Sent(ApiCall<?> call, String purpose, String method, String url, String json) {}

    static Stream<Sent> sent() {
        return Stream.of(
                new Sent(
                        CLIENT.purgeAll(ID),
                        "purge everything of zone 209797",
                        "GET",
                        API + "/zones/purge/209797.json",
                        null),
                new Sent(
                        CLIENT.purgeUrls(ID, List.of(HOST + "/a", HOST + "/b?c=\"d\"")),
                        "purge 2 URLs of zone 209797",
                        "DELETE",
                        API + "/zones/purgeurl/209797.json",
                        "{\"urls\":[\"demo-1.kxcdn.com/a\",\"demo-1.kxcdn.com/b?c=\\\"d\\\"\"]}"),
                new Sent(
                        CLIENT.purgeTags(ID, List.of("a")),
                        "purge tag a of zone 209797",
                        "DELETE",
                        API + "/zones/purgetag/209797.json",
                        "{\"tags\":[\"a\"]}"));
    }

    @ParameterizedTest
    @MethodSource("sent")
    void sendsWhatKeyCdnsClientsSend(Sent sent) {
        assertEquals(sent.method(), sent.call().request().method());
        assertEquals(sent.url(), sent.call().request().url().toString());
        assertEquals(Optional.ofNullable(sent.json()), sent.call().request().bodyText());
        assertEquals(Map.of(), sent.call().request().headers());
        assertEquals(sent.purpose(), sent.call().purpose());
        assertEquals(Idempotency.IDEMPOTENT, sent.call().idempotency());
        assertFalse(sent.call().request().readOnly(), "it changes something, even by GET");
        assertEquals("KeyCDN", sent.call().service());
    }

    @Test
    void nothingIsNotEverything() {
        assertThrows(IllegalArgumentException.class, () -> CLIENT.purgeUrls(ID, List.of()));
        assertThrows(IllegalArgumentException.class, () -> CLIENT.purgeTags(ID, List.of()));
    }

    @Test
    void purgesOverTheNetwork() {
        assertEquals(new KeyCdnZone("demo"), wire.answered(client.zone(ID), KEY));
        assertTrue(client.zone(ID).request().readOnly());
        assertEquals(new KeyCdnPurgeResponse("success"), wire.answered(client.purgeAll(ID), KEY));
        wire.answered(client.purgeUrls(ID, List.of(HOST + "/é")), KEY);
        wire.answered(client.purgeTags(ID, List.of("a", "b")), KEY);
        assertEquals(
                List.of("all []", "urls [demo-1.kxcdn.com/é]", "tags [a, b]"),
                keyCdn.purges().stream()
                        .map(purge -> purge.by() + " " + purge.values())
                        .toList());
    }

    @Test
    void saysWhatKeyCdnSaidAndWhatToDo() {
        assertEquals(
                "KeyCDN was asked to purge URL cdn.example.com/a of zone 209797 and answered HTTP 200: An URL must start with the zone's host demo-1.kxcdn.com. Check zoneId and what is to be purged.",
                wire.failed(client.purgeUrls(ID, List.of("cdn.example.com/a")), KEY)
                        .getMessage());
        assertTrue(wire.failed(client.zone(1), KEY)
                .getMessage()
                .endsWith("HTTP 404: Zone not found. Check zoneId: a number, in KeyCDN's list of zones."));
        assertTrue(wire.failed(client.purgeAll(ID), Signer.basicUser("other-key"))
                .getMessage()
                .endsWith("HTTP 401: Authentication failed. Check that credentialsId holds the account's API key."));
        assertTrue(wire.failed(client.purgeUrls(ID, List.of(HOST + "/" + "a".repeat(70_000))), KEY)
                .getMessage()
                .endsWith("KeyCDN takes 64 KB in a request: name shorter or fewer URLs."));
        keyCdn.limitCalls(0);
        assertEquals(Kind.RATE_LIMITED, wire.failed(client.purgeAll(ID), KEY).kind());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|empty",
                "[]|it has no status",
                "{}|it has no status",
                "{\"status\":true}|it has no status",
                "{\"status\":\"queued\"}|its status is 'queued'",
                "<html>|not JSON"
            })
    void nothingButSuccessIsOne(String body, String why) {
        ApiException problem = TestResponses.refused(CLIENT.purgeAll(ID), TestResponses.answer(200, body));
        assertEquals(Kind.UNREADABLE, problem.kind());
        assertTrue(problem.getMessage().contains("): " + why), problem.getMessage());
    }

    @Test
    void aZoneHasAName() {
        ApiException problem = TestResponses.refused(
                CLIENT.zone(ID), TestResponses.answer(200, "{\"status\":\"success\",\"data\":{\"zone\":{}}}"));
        assertTrue(problem.getMessage().contains("a zone without name"), problem.getMessage());
    }

    @Test
    void hidesTheKeyInAllItsForms() {
        String body = "{\"status\":\"error\",\"description\":\"%s Basic ZGVtby1rZXljZG4ta2V5Og==\"}"
                .formatted(KeyCdnSimulator.DEMO_KEY);
        assertTrue(TestResponses.refused(CLIENT.purgeAll(ID), TestResponses.answer(401, body), KEY)
                .getMessage()
                .contains("HTTP 401: **** Basic ****."));
    }
}
