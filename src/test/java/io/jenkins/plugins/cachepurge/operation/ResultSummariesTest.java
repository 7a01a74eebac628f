package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipelineRef;
import io.jenkins.plugins.cachepurge.client.httpcache.PurgeOutcome;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyCacheClear;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyExecutionResult;
import io.jenkins.plugins.cachepurge.operation.feldera.FelderaStorageClear;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryEntry;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.purge.StatusCounts;
import io.jenkins.plugins.cachepurge.operation.site.SitePurge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operation came to, in English and German. */
class ResultSummariesTest {

    private static final PurgeSelection URLS = new PurgeSelection(
            SelectionType.URLS,
            IntStream.range(0, 2400)
                    .mapToObj(i -> "https://www.example.org/" + i)
                    .toList());

    static Stream<Arguments> results() {
        Map<String, Long> mixed = new LinkedHashMap<>();
        mixed.put("purged", 1030L);
        mixed.put("not cached", 20L);
        PurgeResult cache = purge("purged", URLS, new StatusCounts(mixed));
        PurgeResult cdn = purge("Completed", PurgeSelection.paths("/a"), new StatusCounts(Map.of("Completed", 1L)))
                .withNote(LocalizedText.of("cloudFront.pathsBilled", 1000));
        PurgeHistoryEntry entry = new PurgeHistoryEntry("1", "done", false, 1, null, null);
        return Stream.of(
                Arguments.of(
                        cache,
                        "2,400 URLs in 1,050 requests: purged (1030 purged, 20 not cached)",
                        "2.400 URLs in 1.050 Anfragen: geleert (1030 geleert, 20 nicht im Cache)"),
                Arguments.of(
                        cdn,
                        "path /a in one request: Completed, 1,000 paths on the bill",
                        "Pfad /a in einer Anfrage: Completed, 1.000 Pfade werden berechnet"),
                Arguments.of(
                        SitePurge.result("www", PurgeSelection.all(), List.of(cache, cdn)),
                        "everything: purged (x: purged, x: Completed)",
                        "alles: geleert (x: geleert, x: Completed)"),
                Arguments.of(
                        purge(PurgeResult.DRY_RUN, URLS, StatusCounts.NONE),
                        "2,400 URLs, nothing sent: dryRun",
                        "2.400 URLs, nichts gesendet: Probelauf"),
                Arguments.of(new PurgeHistoryResult(List.of(entry)), "one purge request", "eine Purge-Anfrage"),
                Arguments.of(new PurgeHistoryResult(List.of(entry, entry)), "2 purge requests", "2 Purge-Anfragen"),
                Arguments.of(entry, "done", "done"),
                Arguments.of(
                        new FelderaStorageClear.Result("orders", "Cleared", "Stopped"),
                        "storage Cleared, pipeline Stopped",
                        "Speicher: Cleared, Pipeline: Stopped"),
                Arguments.of(
                        new BuddyCacheClear.Result(2, "Live", null, null, null), "cleared (Live)", "geleert (Live)"),
                Arguments.of(new BuddyCacheClear.Result(2, null, null, null, null), "cleared", "geleert"),
                Arguments.of(
                        new BuddyExecutionResult(4, "SUCCESSFUL", null, null, null, null), "SUCCESSFUL", "SUCCESSFUL"));
    }

    private static PurgeResult purge(String status, PurgeSelection selection, StatusCounts statuses) {
        return new PurgeResult("x", "target", status, selection, List.of(), statuses);
    }

    @ParameterizedTest
    @MethodSource("results")
    void summaryIsInBothLanguages(OperationResult result, String english, String german) {
        assertEquals(english, result.summary().toString());
        assertEquals(german, result.summary().in(Locale.GERMAN));
    }

    @ParameterizedTest
    @EnumSource
    void outcomeOfACacheIsTranslated(PurgeOutcome outcome) {
        LocalizedText summary = purge(outcome.toString(), PurgeSelection.all(), StatusCounts.NONE)
                .summary();
        assertEquals("everything: " + outcome, summary.toString());
        assertNotEquals("alles: " + outcome, summary.in(Locale.GERMAN));
    }

    @ParameterizedTest
    @EnumSource(
            value = SelectionType.class,
            names = {"ALL"},
            mode = EnumSource.Mode.EXCLUDE)
    void selectionIsNamedOrCounted(SelectionType type) {
        String one = type == SelectionType.URLS
                ? "https://a.example.org/"
                : type == SelectionType.HOSTS ? "a.example.org" : "/a";
        String other = one.replace('a', 'b');
        assertEquals(type.noun() + " " + one, new PurgeSelection(type, List.of(one)).toString());
        assertEquals("2 " + type.unit(), new PurgeSelection(type, List.of(one, other)).toString());
    }

    @Test
    void operationIsDescribedInBothLanguages() {
        assertDescribed(
                "Amazon CloudFront purge of distribution E1",
                "Purge bei Amazon CloudFront (Distribution E1)",
                OperationDescription.purge("Amazon CloudFront", LocalizedText.of("target.distribution", "E1")));
        assertDescribed(
                "Site purge of www",
                "Purge der Website www",
                SitePurge.description(LocalizedText.inOneLanguage("www")));
        assertDescribed(
                "Website verification of 2 pages",
                "Pr\u00fcfung der Website (2 Seiten)",
                new OperationDescription("Website", OperationKind.VERIFICATION, LocalizedText.of("page.several", 2)));
        LocalizedText pipeline = new BuddyPipelineRef("acme", "website", 2000).text();
        assertDescribed(
                "Buddy cache of pipeline 2000 of acme/website",
                "Leeren des Caches bei Buddy (Pipeline 2000 von acme/website)",
                new OperationDescription("Buddy", OperationKind.CACHE, pipeline));
        assertDescribed(
                "Buddy execution 4 of pipeline 2000 of acme/website",
                "Ausf\u00fchrung 4 der Pipeline 2000 von acme/website bei Buddy",
                new OperationDescription(
                        "Buddy", OperationKind.RUN, LocalizedText.of("target.execution", 4, pipeline)));
    }

    /** Names with blanks are not joined with a German noun. */
    @ParameterizedTest
    @EnumSource
    void titleHasTheNameOfTheService(OperationKind kind) {
        LocalizedText title = kind.title(LocalizedText.inOneLanguage("Amazon CloudFront"));
        assertEquals("Amazon CloudFront " + kind.word(), title.toString());
        assertFalse(title.in(Locale.GERMAN).matches(".*Amazon CloudFront \\S.*"), title.in(Locale.GERMAN));
    }

    private static void assertDescribed(String english, String german, OperationDescription description) {
        assertEquals(english, description.toString());
        assertEquals(german, description.text().in(Locale.GERMAN));
    }
}
