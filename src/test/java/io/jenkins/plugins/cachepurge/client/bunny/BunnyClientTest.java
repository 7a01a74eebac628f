package io.jenkins.plugins.cachepurge.client.bunny;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.OverHttp;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.NoContent;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.TestResponses;
import io.jenkins.plugins.cachepurge.simulator.BunnySimulator;
import io.jenkins.plugins.cachepurge.simulator.RecordedBunnyPurge;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BunnyClientTest {

    private static final BunnyClient VENDOR = new BunnyClient(BunnyClient.VENDOR_URLS.get(0));

    private final BunnySimulator bunny = new BunnySimulator(InstantSource.system(), "key").addPullZone(7, "acme");
    private final OverHttp wire = new OverHttp(bunny, Signer.header(BunnyClient.KEY_HEADER, "key"));
    private final BunnyClient client = new BunnyClient(wire.url());

    @AfterEach
    void close() {
        wire.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://acme.b-cdn.net/a.js",
                "https://acme.b-cdn.net/",
                "https://acme.b-cdn.net/é?b=c+d&async=true&e=%2F#f",
            })
    void purgesOneUrlAndNothingBelowIt(String url) {
        wire.said(client.purgeUrl(url, true));
        assertEquals(List.of(new RecordedBunnyPurge(RecordedBunnyPurge.Kind.URL, url, 0, false)), bunny.purges());
    }

    @Test
    void purgesAllThatBeginsAlike() {
        wire.said(client.purgePrefix("https://acme.b-cdn.net/img/a", false));
        assertEquals(
                List.of(new RecordedBunnyPurge(
                        RecordedBunnyPurge.Kind.PREFIX, "https://acme.b-cdn.net/img/a", 0, true)),
                bunny.purges());
    }

    @Test
    void purgesATagAndEverythingOfAPullZone() {
        wire.said(client.purgeTag(7, "product 1\""));
        wire.said(client.purgeAll(7));
        assertEquals(
                List.of(
                        new RecordedBunnyPurge(RecordedBunnyPurge.Kind.TAG, "product 1\"", 7, false),
                        new RecordedBunnyPurge(RecordedBunnyPurge.Kind.ALL, "", 7, false)),
                bunny.purges());
    }

    @Test
    void readsAPullZone() {
        assertEquals(new BunnyPullZone(7, "acme"), wire.said(client.pullZone(7)));
        assertEquals(1, wire.said(client.pullZoneCount()).count());
        assertEquals(404, wire.refused(client.pullZone(8)).status().orElseThrow());
    }

    @Test
    void asksAsDocumented() {
        ApiCall<NoContent> url = VENDOR.purgeUrl("https://acme.b-cdn.net/a?token=1", true);
        assertEquals(
                "https://api.bunny.net/purge?url=https%3A%2F%2Facme.b-cdn.net%2Fa%3Ftoken%3D1&async=false&exactPath=true",
                url.request().url().toString());
        assertEquals("POST", url.request().method());
        assertEquals("purge https://acme.b-cdn.net/a?…", url.purpose());
        assertEquals(Idempotency.IDEMPOTENT, url.idempotency());
        ApiCall<NoContent> tag = VENDOR.purgeTag(7, "t");
        assertEquals(
                "https://api.bunny.net/pullzone/7/purgeCache",
                tag.request().url().toString());
        assertEquals(Optional.of("{\"CacheTag\":\"t\"}"), tag.request().bodyText());
        assertEquals("purge the tag t of pull zone 7", tag.purpose());
        assertEquals(Optional.empty(), VENDOR.purgeAll(7).request().bodyText());
        assertEquals(
                "purge all that begins with https://a/b",
                VENDOR.purgePrefix("https://a/b", true).purpose());
    }

    @Test
    void neverPurgesMoreThanIsMeant() {
        assertThrows(IllegalArgumentException.class, () -> VENDOR.purgeTag(7, " "));
        assertThrows(IllegalArgumentException.class, () -> VENDOR.purgeUrl("https://a/b*", true));
        assertThrows(IllegalArgumentException.class, () -> VENDOR.purgePrefix("https://a/*/b", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null"})
    void takesASuccessWithoutABody(String body) {
        assertEquals(new NoContent(), TestResponses.said(VENDOR.purgeAll(7), 204, body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "false", "{\"ErrorKey\":\"x\"}"})
    void anythingElseIsNoSuccess(String body) {
        assertEquals(
                Kind.UNREADABLE,
                TestResponses.refused(VENDOR.purgeAll(7), TestResponses.answer(200, body))
                        .kind());
    }

    @Test
    void anotherPullZoneIsNoAnswer() {
        ApiException problem = TestResponses.refused(VENDOR.pullZone(7), TestResponses.answer(200, "{\"Id\":8}"));
        assertTrue(problem.getMessage().contains("it is about pull zone 8"), problem.getMessage());
        assertEquals(
                Kind.UNREADABLE,
                TestResponses.refused(VENDOR.pullZone(7), TestResponses.answer(200, "{}"))
                        .kind());
        assertEquals(
                Kind.UNREADABLE,
                TestResponses.refused(VENDOR.pullZoneCount(), TestResponses.answer(200, "{}"))
                        .kind());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "401|``|HTTP 401. Check that credentialsId holds the account's API key, not a storage zone's password.",
                "404|``|HTTP 404. Check pullZoneId.",
                "400|{\"ErrorKey\":\"k\",\"Field\":\"f\",\"Message\":\"m\"}|HTTP 400 k: f: m.",
                "500|<html>500</html>|HTTP 500. Try again later.",
            })
    void saysWhatBunnySaidAndWhatToDo(int status, String body, String end) {
        ApiException problem = TestResponses.refused(VENDOR.purgeAll(7), TestResponses.answer(status, body));
        assertEquals(status < 500 ? Kind.REFUSED : Kind.SERVER_ERROR, problem.kind());
        assertTrue(problem.getMessage().endsWith(end), problem.getMessage());
    }

    @Test
    void isToldWhenToComeBack() {
        ApiException problem =
                TestResponses.refused(VENDOR.purgeAll(7), TestResponses.answer(429, "", "Retry-After", "2"));
        assertEquals(Kind.RATE_LIMITED, problem.kind());
        assertEquals(Optional.of(Duration.ofSeconds(2)), problem.retryAfter());
    }

    @Test
    void anotherKeyIsRefused() {
        Signer other = Signer.header(BunnyClient.KEY_HEADER, "other");
        assertEquals(401, wire.refused(client.purgeAll(7), other).status().orElseThrow());
        assertEquals(List.of(), bunny.purges());
    }
}
