package io.jenkins.plugins.cachepurge.client.cloudflare;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import io.jenkins.plugins.cachepurge.simulator.CloudflareSimulator;
import io.jenkins.plugins.cachepurge.simulator.SettableClock;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import java.time.Duration;
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
import org.junit.jupiter.params.provider.ValueSource;

class CloudflareClientTest {

    private static final String ID = CloudflareSimulator.DEMO_ZONE;
    private static final String API = "https://api.cloudflare.com/client/v4";
    private static final CloudflareClient CLIENT = new CloudflareClient(ApiUrl.of(API));
    private static final Signer TOKEN = Signer.bearer(CloudflareSimulator.DEMO_TOKEN);

    private final CloudflareSimulator cloudflare =
            CloudflareSimulator.demo(new SettableClock(Instant.parse("2026-03-01T10:00:00Z")));
    private final SimServer server = SimServer.start(cloudflare);
    private final CloudflareClient client = new CloudflareClient(ApiUrl.of(server.url() + "/client/v4"));
    private final HttpTestClient wire = new HttpTestClient();

    @AfterEach
    void close() {
        wire.close();
        server.close();
    }

    record Sent(ApiCall<?> call, String purpose, String last, String json) {}

    static Stream<Sent> sent() {
        return Stream.of(
                new Sent(
                        CLIENT.purgeAll(ID, false),
                        "purge everything of zone " + ID,
                        "purge_cache",
                        "{\"purge_everything\":true}"),
                new Sent(
                        CLIENT.purgeAll(ID, true),
                        "mark everything of zone " + ID + " as stale",
                        "invalidate_cache",
                        "{\"purge_everything\":true}"),
                new Sent(
                        CLIENT.purge(ID, CloudflareBodyField.FILES, List.of("https://example.com/a?b=\"c\""), false),
                        "purge URL https://example.com/a?… of zone " + ID,
                        "purge_cache",
                        "{\"files\":[\"https://example.com/a?b=\\\"c\\\"\"]}"),
                new Sent(
                        CLIENT.purge(ID, CloudflareBodyField.TAGS, List.of("a", "b"), true),
                        "mark 2 tags of zone " + ID + " as stale",
                        "invalidate_cache",
                        "{\"tags\":[\"a\",\"b\"]}"),
                new Sent(
                        CLIENT.purge(ID, CloudflareBodyField.HOSTS, List.of("example.com"), false),
                        "purge host example.com of zone " + ID,
                        "purge_cache",
                        "{\"hosts\":[\"example.com\"]}"),
                new Sent(
                        CLIENT.purge(
                                ID, CloudflareBodyField.PREFIXES, List.of("example.com/a", "example.com/b"), false),
                        "purge 2 prefixes of zone " + ID,
                        "purge_cache",
                        "{\"prefixes\":[\"example.com/a\",\"example.com/b\"]}"));
    }

    @ParameterizedTest
    @MethodSource("sent")
    void sendsWhatCloudflareDocuments(Sent sent) {
        assertEquals("POST", sent.call().request().method());
        assertEquals(
                API + "/zones/" + ID + "/" + sent.last(),
                sent.call().request().url().toString());
        assertEquals(Optional.of(sent.json()), sent.call().request().bodyText());
        assertEquals(Map.of(), sent.call().request().headers());
        assertEquals(sent.purpose(), sent.call().purpose());
        assertEquals(Idempotency.IDEMPOTENT, sent.call().idempotency());
        assertEquals("Cloudflare", sent.call().service());
    }

    @Test
    void nothingIsNotEverything() {
        assertThrows(
                IllegalArgumentException.class, () -> CLIENT.purge(ID, CloudflareBodyField.TAGS, List.of(), false));
    }

    @Test
    void purgesOverTheNetwork() {
        assertEquals(new CloudflareZone(ID, "example.com"), wire.answered(client.zone(ID), TOKEN));
        assertEquals(new CloudflarePurgeResponse(ID), wire.answered(client.purgeAll(ID, true), TOKEN));
        wire.answered(client.purge(ID, CloudflareBodyField.PREFIXES, List.of("www.example.com/blog"), false), TOKEN);
        assertEquals(
                List.of("purge_everything [] true", "prefixes [www.example.com/blog] false"),
                cloudflare.purges().stream()
                        .map(purge -> purge.by() + " " + purge.values() + " " + purge.soft())
                        .toList());
    }

    @Test
    void saysWhatCloudflareSaidAndWhatToDo() {
        assertEquals(
                "Cloudflare was asked to purge tag a b of zone %s and answered HTTP 400 1106: Unable to purge by an invalid tag."
                        .formatted(ID),
                wire.failed(client.purge(ID, CloudflareBodyField.TAGS, List.of("a b"), false), TOKEN)
                        .getMessage());
        assertTrue(
                wire.failed(client.zone("example.com"), TOKEN)
                        .getMessage()
                        .endsWith(
                                "perhaps your object identifier is invalid?. Check zoneId, 32 hexadecimal digits on the zone's overview page, and that the token may see the zone."));
        assertTrue(
                wire.failed(client.purgeAll(ID, false), Signer.bearer("short"))
                        .getMessage()
                        .contains(
                                "answered HTTP 400 6003: Invalid request headers; Invalid format for Authorization header. Check that credentialsId holds an API token (not the Global API Key)"));
        assertTrue(wire.failed(client.purgeAll(ID, false), Signer.bearer("another-valid-token"))
                .getMessage()
                .endsWith("with the permission Zone > Cache Purge > Purge for this zone."));
        assertTrue(wire.failed(client.zone(ID), Signer.bearer("another-valid-token"))
                .getMessage()
                .endsWith("with the permission Zone > Zone > Read for this zone."));
    }

    @Test
    void waitsAsLongAsCloudflareWants() {
        cloudflare.limitPurges(1, Duration.ofSeconds(12));
        wire.answered(client.purgeAll(ID, false), TOKEN);
        ApiException problem = wire.failed(client.purgeAll(ID, false), TOKEN);
        assertEquals(Kind.RATE_LIMITED, problem.kind());
        assertEquals(Optional.of(Duration.ofSeconds(12)), problem.retryAfter());
        assertEquals(Optional.of("1134"), problem.code());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 429})
    void aRateLimitIsOneWhateverItsHttpStatus(int status) {
        String body = "{\"success\":false,\"errors\":[{\"code\":1134,\"message\":\"slow down\"}],\"result\":null}";
        ApiException problem = TestResponses.refused(CLIENT.purgeAll(ID, false), TestResponses.answer(status, body));
        assertEquals(Kind.RATE_LIMITED, problem.kind());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"success\":false,\"errors\":[{\"code\":1107,\"message\":\"Only enterprise zones can purge by tag.\"}]}|HTTP 200 1107: Only enterprise zones can purge by tag. Purge by something that the zone's plan allows: urls or all: true.",
                "{\"success\":false,\"errors\":[]}|HTTP 200.",
                "{\"success\":false}|HTTP 200.",
                "{\"success\":true,\"errors\":[{\"code\":1001,\"message\":\"but not really\"}],\"result\":{\"id\":\"1\"}}|HTTP 200 1001: but not really."
            })
    void successFalseIsAnError(String body, String said) {
        ApiException problem = TestResponses.refused(CLIENT.purgeAll(ID, false), TestResponses.answer(200, body));
        assertEquals(Kind.REFUSED, problem.kind());
        assertTrue(problem.getMessage().endsWith(said), problem.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|empty",
                "[]|it has no success flag",
                "{}|it has no success flag",
                "{\"success\":\"true\"}|it has no success flag",
                "{\"success\":true,\"result\":7}|not a JSON object",
                "{\"success\":true,\"result\":{\"id\":7}}|a field is not of the expected type",
                "<html>|not JSON"
            })
    void anythingElseIsNoAnswer(String body, String why) {
        ApiException problem = TestResponses.refused(CLIENT.purgeAll(ID, false), TestResponses.answer(200, body));
        assertEquals(Kind.UNREADABLE, problem.kind());
        assertTrue(problem.getMessage().contains("): " + why), problem.getMessage());
    }

    @Test
    void aSuccessMayHaveNoResult() {
        assertEquals(
                new CloudflarePurgeResponse(null),
                TestResponses.said(
                        CLIENT.purgeAll(ID, false), 200, "{\"success\":true,\"errors\":[],\"result\":null}"));
    }
}
