package io.jenkins.plugins.cachepurge.client.fastly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.HttpTestClient;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.TestResponses;
import io.jenkins.plugins.cachepurge.simulator.FastlySimulator;
import io.jenkins.plugins.cachepurge.simulator.SettableClock;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FastlyClientTest {

    private static final String ID = FastlySimulator.DEMO_SERVICE;
    private static final String API = "https://api.fastly.com";
    private static final FastlyClient CLIENT = new FastlyClient(ApiUrl.of(API));
    private static final Map<String, String> SOFT = Map.of("Fastly-Soft-Purge", "1");
    private static final Signer TOKEN = Signer.header(FastlyClient.TOKEN_HEADER, FastlySimulator.DEMO_TOKEN);

    private final FastlySimulator fastly =
            FastlySimulator.demo(new SettableClock(Instant.parse("2026-03-01T10:00:00Z")));
    private final SimServer server = SimServer.start(fastly);
    private final FastlyClient client = new FastlyClient(ApiUrl.of(server.url().toString()));
    private final HttpTestClient wire = new HttpTestClient();

    @AfterEach
    void close() {
        wire.close();
        server.close();
    }

    record Sent(ApiCall<?> call, String purpose, String url, String json, Map<String, String> headers) {}

    private static PageUrl page(String url) {
        return PageUrl.of(url).orElseThrow();
    }

    static Stream<Sent> sent() {
        PageUrl page = page("https://www.example.com/a%20b/c?d=e%26f&g");
        return Stream.of(
                new Sent(
                        CLIENT.purgeAll(ID),
                        "purge everything of service " + ID,
                        API + "/service/" + ID + "/purge_all",
                        null,
                        Map.of()),
                new Sent(
                        CLIENT.purgeKeys(ID, List.of("a", "b\"c"), false),
                        "purge 2 surrogate keys of service " + ID,
                        API + "/service/" + ID + "/purge",
                        "{\"surrogate_keys\":[\"a\",\"b\\\"c\"]}",
                        Map.of()),
                new Sent(
                        CLIENT.purgeKeys(ID, List.of("a"), true),
                        "mark surrogate key a of service " + ID + " as stale",
                        API + "/service/" + ID + "/purge",
                        "{\"surrogate_keys\":[\"a\"]}",
                        SOFT),
                new Sent(
                        CLIENT.purgeUrl(page, false),
                        "purge URL https://www.example.com/a%20b/c?…",
                        API + "/purge/www.example.com/a%20b/c?d=e%26f&g",
                        null,
                        Map.of()),
                new Sent(
                        CLIENT.purgeUrl(page("http://example.com:8080//x/"), true),
                        "mark URL http://example.com:8080//x/ as stale",
                        API + "/purge/example.com:8080//x/",
                        null,
                        SOFT),
                new Sent(
                        CLIENT.purgeUrl(page("https://example.com"), false),
                        "purge URL https://example.com/",
                        API + "/purge/example.com/",
                        null,
                        Map.of()));
    }

    @ParameterizedTest
    @MethodSource("sent")
    void sendsWhatFastlysClientsSend(Sent sent) {
        assertEquals("POST", sent.call().request().method());
        assertEquals(sent.url(), sent.call().request().url().toString());
        assertEquals(Optional.ofNullable(sent.json()), sent.call().request().bodyText());
        assertEquals(sent.headers(), sent.call().request().headers());
        assertEquals(sent.purpose(), sent.call().purpose());
        assertEquals(Idempotency.IDEMPOTENT, sent.call().idempotency());
        assertEquals("Fastly", sent.call().service());
    }

    @Test
    void purgesOverTheNetwork() {
        assertEquals("Website", wire.answered(client.service(ID), TOKEN).name());
        assertEquals(new FastlyPurgeResponse("ok", null), wire.answered(client.purgeAll(ID), TOKEN));
        assertEquals(
                "ok",
                wire.answered(client.purgeKeys(ID, List.of("a", "b"), true), TOKEN)
                        .status());
        FastlyPurgeResponse one = wire.answered(client.purgeUrl(page("https://www.example.com/x?y=z"), false), TOKEN);
        assertTrue(one.id().startsWith("4133-"), one.id());
        assertEquals(
                List.of("all [] false", "keys [a, b] true", "url [www.example.com/x?y=z] false"),
                fastly.purges().stream()
                        .map(purge -> purge.by() + " " + purge.values() + " " + purge.soft())
                        .toList());
    }

    @Test
    void nameNoMoreKeysThanFastlyTakes() {
        List<String> keys = IntStream.range(0, 256).mapToObj(i -> "k" + i).toList();
        wire.answered(client.purgeKeys(ID, keys, false), TOKEN);
        assertThrows(IllegalArgumentException.class, () -> CLIENT.purgeKeys(ID, List.of(), false));
        assertThrows(IllegalArgumentException.class, () -> CLIENT.purgeKeys(ID, Collections.nCopies(257, "k"), false));
    }

    @Test
    void saysWhoseTheRefusalIsAndWhatToDo() {
        assertEquals(
                "Fastly was asked to show service other and answered HTTP 404: Record not found; Cannot load service 'other'. Check serviceId, and that the token may use the service.",
                wire.failed(client.service("other"), TOKEN).getMessage());
        Signer wrong = Signer.header(FastlyClient.TOKEN_HEADER, "other-token");
        assertTrue(
                wire.failed(client.purgeAll(ID), wrong)
                        .getMessage()
                        .endsWith(
                                "HTTP 401: Provided credentials are missing or invalid. Check that the token behind credentialsId is valid and has not expired."));
        fastly.selectOnly();
        assertTrue(wire.failed(client.purgeAll(ID), TOKEN)
                .getMessage()
                .endsWith("Check that the token has the scope purge_all and may use the service."));
    }

    @Test
    void readsWhenTheHourIsOver() {
        Instant later = TestResponses.NOW.plusSeconds(600);
        ApiException problem = TestResponses.refused(
                CLIENT.purgeAll(ID),
                TestResponses.answer(
                        429, "{\"msg\":\"hourly\"}", "Fastly-RateLimit-Reset", Long.toString(later.getEpochSecond())));
        assertEquals(Kind.RATE_LIMITED, problem.kind());
        assertEquals(Optional.of(Duration.ofMinutes(10)), problem.retryAfter());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|empty",
                "[]|not a JSON object",
                "<html>|not JSON",
                "{}|a purge without status",
                "{\"status\":null}|a purge without status",
                "{\"status\":1}|a field is not of the expected type",
                "{\"status\":\"queued\",\"id\":\"1\"}|its status is 'queued'"
            })
    void nothingButOkIsASuccess(String body, String why) {
        ApiException problem = TestResponses.refused(CLIENT.purgeAll(ID), TestResponses.answer(200, body));
        assertEquals(Kind.UNREADABLE, problem.kind());
        assertTrue(problem.getMessage().contains("): " + why), problem.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|empty",
                "[\"a\"]|not a JSON object",
                "{\"a\":\"1\"}|it does not contain 'b'",
                "{\"a\":\"1\",\"b\":null}|it does not contain 'b'",
                "{\"status\":\"ok\"}|it does not contain 'a'"
            })
    void eachKeyMustBeAnswered(String body, String why) {
        ApiException problem =
                TestResponses.refused(CLIENT.purgeKeys(ID, List.of("a", "b"), false), TestResponses.answer(200, body));
        assertEquals(Kind.UNREADABLE, problem.kind());
        assertTrue(problem.getMessage().contains("): " + why), problem.getMessage());
    }

    @Test
    void aFailureIsNoSuccessWhateverItsHttpStatus() {
        String body = "{\"status\":\"fail\",\"reason\":\"too tired\"}";
        for (ApiCall<?> call : List.of(CLIENT.purgeAll(ID), CLIENT.purgeKeys(ID, List.of("a"), false))) {
            ApiException problem = TestResponses.refused(call, TestResponses.answer(200, body));
            assertEquals(Kind.REFUSED, problem.kind());
            assertTrue(problem.getMessage().contains("answered HTTP 200: too tired"), problem.getMessage());
        }
    }
}
