package io.jenkins.plugins.cachepurge.client.gcore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.OverHttp;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.HttpInternals;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.NoContent;
import io.jenkins.plugins.cachepurge.client.http.RemoteStatus;
import io.jenkins.plugins.cachepurge.client.http.TestResponses;
import io.jenkins.plugins.cachepurge.simulator.GcoreSimulator;
import io.jenkins.plugins.cachepurge.simulator.RecordedGcorePurge;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GcoreClientTest {

    private static final GcoreClient VENDOR = new GcoreClient(GcoreClient.VENDOR_URLS.get(0));
    private static final Instant LONG_AGO = Instant.parse("2021-01-01T00:00:00Z");

    private final GcoreSimulator gcore = new GcoreSimulator(InstantSource.system(), "1$key")
            .unlimited()
            .addResource(7, "cdn.acme.example", "static.acme.example");
    private final OverHttp wire = new OverHttp(gcore, GcoreClient.authentication("1$key"));
    private final GcoreClient client = new GcoreClient(wire.url());

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void authenticatesWithASchemeOfItsOwn() {
        assertEquals(
                Map.of("Authorization", "APIKey 1$key"), HttpInternals.headers(GcoreClient.authentication(" 1$key\n")));
    }

    @Test
    void purgesPathsPatternsAndEverything() {
        wire.said(client.purgePaths(7, List.of("/a?b=c", "/é\"")));
        wire.said(client.purgePatterns(7, List.of("/img/*")));
        wire.said(client.purgeAll(7));
        assertEquals(
                List.of(List.of("/a?b=c", "/é\""), List.of("/img/*"), List.of()),
                gcore.purges().stream().map(RecordedGcorePurge::values).toList());
        assertEquals(
                List.of("purge_by_url", "purge_by_pattern", "purge_all"),
                gcore.purges().stream().map(RecordedGcorePurge::type).toList());
    }

    @Test
    void asksAsDocumented() {
        ApiCall<NoContent> call = VENDOR.purgePaths(7, List.of("/a"));
        assertEquals(
                "https://api.gcore.com/cdn/resources/7/purge",
                call.request().url().toString());
        assertEquals(Optional.of("{\"urls\":[\"/a\"]}"), call.request().bodyText());
        assertEquals("purge path /a of CDN resource 7", call.purpose());
        assertEquals(Idempotency.IDEMPOTENT, call.idempotency());
        assertEquals(
                Optional.of("{\"paths\":[\"/a*\",\"/b*\"]}"),
                VENDOR.purgePatterns(7, List.of("/a*", "/b*")).request().bodyText());
        assertEquals(
                "purge 2 patterns of CDN resource 7",
                VENDOR.purgePatterns(7, List.of("/a*", "/b*")).purpose());
        assertEquals(Optional.of("{\"paths\":[]}"), VENDOR.purgeAll(7).request().bodyText());
        assertEquals(
                "https://api.gcore.com/cdn/purge_statuses?cname=cdn.acme.example&purge_type=purge_all"
                        + "&from_created=2021-01-01T00%3A00%3A00Z&limit=100&offset=200",
                VENDOR.purges("cdn.acme.example", GcorePurgeType.ALL, LONG_AGO, 200)
                        .request()
                        .url()
                        .toString()
                        .replace("T00:00:00Z", "T00%3A00%3A00Z"));
    }

    @Test
    void anEmptyListNeverStandsForSomething() {
        assertThrows(IllegalArgumentException.class, () -> VENDOR.purgePaths(7, List.of()));
        assertThrows(IllegalArgumentException.class, () -> VENDOR.purgePatterns(7, List.of()));
    }

    @Test
    void keepsTheLimitsOfARequest() {
        wire.said(client.purgePaths(7, paths(100)));
        wire.said(client.purgePatterns(7, paths(10)));
        assertThrows(IllegalArgumentException.class, () -> VENDOR.purgePaths(7, paths(101)));
        assertThrows(IllegalArgumentException.class, () -> VENDOR.purgePatterns(7, paths(11)));
    }

    private static List<String> paths(int count) {
        return IntStream.range(0, count).mapToObj(i -> "/" + i).toList();
    }

    @Test
    void readsAResource() {
        GcoreResource resource = wire.said(client.resource(7)).resource();
        assertEquals(List.of("cdn.acme.example", "static.acme.example"), resource.hosts());
        assertEquals(404, wire.refused(client.resource(8)).status().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":7}", "{\"id\":8,\"cname\":\"x\"}", "{\"id\":7,\"cname\":\" \"}", "[]", ""})
    void anotherOrNoResourceIsNoAnswer(String body) {
        assertEquals(
                Kind.UNREADABLE,
                TestResponses.refused(VENDOR.resource(7), TestResponses.answer(200, body))
                        .kind());
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true"})
    void readsTheHistoryInAllItsForms(boolean inPages, boolean withHosts) {
        if (inPages) {
            gcore.inPages();
        }
        if (withHosts) {
            gcore.withHosts();
        }
        wire.said(client.purgePaths(7, List.of("/a", "/b?c")));
        GcoreHistoryPage page = wire.said(client.purges("cdn.acme.example", GcorePurgeType.BY_URL, LONG_AGO, 0));
        GcoreHistoryEntry purge = page.purges().get(0);
        assertTrue(page.last());
        assertEquals(Set.of("/a", "/b?c"), purge.values());
        assertEquals("Successful", purge.status());
        assertEquals(7, purge.resource().id());
        assertTrue(purge.createdAt().isPresent());
        assertEquals(
                List.of(),
                wire.said(client.purges("cdn.acme.example", GcorePurgeType.ALL, LONG_AGO, 0))
                        .purges());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsALongHistoryPartByPart(boolean inPages) {
        if (inPages) {
            gcore.inPages();
        }
        for (int i = 0; i < 150; i++) {
            gcore.addPurge(7, "purge_all", List.of(), LONG_AGO, "Failed");
        }
        GcoreHistoryPage first = wire.said(client.purges("cdn.acme.example", GcorePurgeType.ALL, LONG_AGO, 0));
        GcoreHistoryPage second = wire.said(client.purges("cdn.acme.example", GcorePurgeType.ALL, LONG_AGO, 100));
        assertEquals(100, first.purges().size());
        assertFalse(first.last());
        assertEquals(50, second.purges().size());
        assertTrue(second.last());
    }

    /** One page of the reference has a list of payloads, and dates with a space. */
    @Test
    void readsTheExampleOfTheReference() {
        String example =
                "[{\"purge_id\":1,\"status\":\"In progress\",\"resource\":{\"id\":1,\"cname\":\"cdn.site.com\"},"
                        + "\"payload\":[{\"urls\":[\"http://example.com/path1/file1.jpg\",\"http://site.example.com\"]},"
                        + "{\"paths\":[]},{\"paths\":[\"/path1/*\"]}],"
                        + "\"created\":\"2021-10-29 13:21:01.550849+00:00\",\"purge_type\":\"purge_by_url\"}]";
        GcoreHistoryEntry purge = TestResponses.said(
                        VENDOR.purges("x", GcorePurgeType.BY_URL, LONG_AGO, 0), 200, example)
                .purges()
                .get(0);
        assertEquals(Set.of("/path1/file1.jpg", "/", "/path1/*"), purge.values());
        assertEquals(Optional.of(Instant.parse("2021-10-29T13:21:01.550849Z")), purge.createdAt());
        assertEquals(RemoteStatus.IN_PROGRESS, purge.remoteStatus());
    }

    @Test
    void anUnknownWordIsNoEnd() {
        for (String word : List.of("successful", "Done", "?")) {
            GcoreHistoryEntry entry =
                    new GcoreHistoryEntry(1, word, new GcoreHistoryEntry.Resource(7), null, null, null);
            assertEquals(RemoteStatus.UNKNOWN, entry.remoteStatus());
        }
        assertFalse(RemoteStatus.UNKNOWN.hasEnded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"results\":7}", "[7]", "[{\"purge_id\":1}]", "\"x\""})
    void anythingElseIsNoHistory(String body) {
        assertEquals(
                Kind.UNREADABLE,
                TestResponses.refused(
                                VENDOR.purges("x", GcorePurgeType.ALL, LONG_AGO, 0), TestResponses.answer(200, body))
                        .kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "[\"/a\"]", "{}"})
    void takesASuccessWhateverItRepeats(String body) {
        assertEquals(new NoContent(), TestResponses.said(VENDOR.purgeAll(7), 201, body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "7", "null", "{\"errors\":{}}"})
    void anythingElseIsNoSuccess(String body) {
        assertEquals(
                Kind.UNREADABLE,
                TestResponses.refused(VENDOR.purgeAll(7), TestResponses.answer(201, body))
                        .kind());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400|{\"errors\":{\"paths\":[\"no\"]}}|HTTP 400: {\"paths\":[\"no\"]}. Check paths, urls or prefixes, and whether a quota is used up.",
                "401|{\"detail\":\"who\"}|HTTP 401: who. Check that credentialsId holds a permanent API token that may change the CDN.",
                "403|{\"message\":\"no\"}|HTTP 403: no. Check that credentialsId holds a permanent API token that may change the CDN.",
                "404|``|HTTP 404. Check resourceId.",
                "500|<html>500</html>|HTTP 500. Try again later.",
            })
    void saysWhatGcoreSaidAndWhatToDo(int status, String body, String end) {
        ApiException problem = TestResponses.refused(VENDOR.purgeAll(7), TestResponses.answer(status, body));
        assertEquals(status < 500 ? Kind.REFUSED : Kind.SERVER_ERROR, problem.kind());
        assertTrue(problem.getMessage().endsWith(end), problem.getMessage());
    }

    @Test
    void waitsAsLongAsTheDocumentedRateWhereGcoreDoesNotSay() {
        assertEquals(
                Optional.of(Duration.ofSeconds(30)),
                TestResponses.refused(VENDOR.purgePaths(7, List.of("/a")), TestResponses.answer(429, ""))
                        .retryAfter());
        assertEquals(
                Optional.of(Duration.ofSeconds(60)),
                TestResponses.refused(VENDOR.purgeAll(7), TestResponses.answer(429, ""))
                        .retryAfter());
        assertEquals(
                Optional.of(Duration.ofSeconds(5)),
                TestResponses.refused(VENDOR.purgeAll(7), TestResponses.answer(429, "", "Retry-After", "5"))
                        .retryAfter());
    }

    @Test
    void anotherTokenIsRefused() {
        assertEquals(
                401,
                wire.refused(client.purgeAll(7), GcoreClient.authentication("other"))
                        .status()
                        .orElseThrow());
    }
}
