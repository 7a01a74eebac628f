package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.RecordedGcorePurge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(DriverKind.class)
class GcorePurgeTest {

    @Parameter
    private DriverKind kind;

    @Test
    void purgesEverythingAndWaitsForTheEnd() {
        GcoreFixture fixture = new GcoreFixture(kind);
        PurgeResult result = fixture.harness.run(GcoreFixture.purgeAll()).succeeded();
        assertEquals(List.of(List.of()), fixture.submitted());
        assertEquals(
                "{provider=gcore, target=1001, status=Successful, what=all, count=0,"
                        + " requests=[{id=1, status=Successful, count=0}]}",
                result.toPipelineValue().toString());
        assertTrue(fixture.time.passed().compareTo(Duration.ofSeconds(5)) > 0);
        assertTrue(
                fixture.harness.consoleText().contains("Gcore CDN purge of CDN resource 1001 is In progress"),
                fixture.harness::consoleText);
    }

    @ParameterizedTest
    @CsvSource({"1, '[1]', false", "100, '[100]', false", "101, '[100, 1]', false", "250, '[100, 100, 50]', true"})
    void aHundredPathsGoIntoARequest(int paths, String sizes, boolean announced) {
        GcoreFixture fixture = new GcoreFixture(kind);
        PurgeResult result = fixture.harness.run(GcoreFixture.purge(paths)).succeeded();
        assertEquals(
                sizes, fixture.submitted().stream().map(List::size).toList().toString());
        assertEquals(
                ScalewayFixture.paths(0, paths),
                fixture.submitted().stream().flatMap(List::stream).toList());
        assertEquals(
                sizes,
                result.requests().stream()
                        .map(PurgeResult.RequestResult::count)
                        .toList()
                        .toString());
        String line = "; its rate limit makes this take 30 s at least";
        assertEquals(announced, fixture.harness.consoleText().contains(line), fixture.harness::consoleText);
    }

    @ParameterizedTest
    @CsvSource({"10, '[10]'", "11, '[10, 1]'"})
    void tenPrefixesGoIntoARequest(int count, String sizes) {
        GcoreFixture fixture = new GcoreFixture(kind);
        fixture.harness
                .run(GcoreFixture.purge(
                        new PurgeSelection(SelectionType.PREFIXES, ScalewayFixture.paths(0, count)), true))
                .succeeded();
        assertEquals(
                sizes, fixture.submitted().stream().map(List::size).toList().toString());
        assertTrue(fixture.submitted().stream().flatMap(List::stream).allMatch(pattern -> pattern.endsWith("*")));
        assertEquals(
                List.of("purge_by_pattern"),
                fixture.gcore.purges().stream()
                        .map(RecordedGcorePurge::type)
                        .distinct()
                        .toList());
    }

    @Test
    void urlsAreSentAsPathsOfTheResource() {
        GcoreFixture fixture = new GcoreFixture(kind);
        PurgeSelection urls = new PurgeSelection(
                SelectionType.URLS,
                List.of(
                        "https://CDN.acme.example/a?b=c",
                        "http://static.acme.example:80",
                        "https://cdn.acme.example/é"));
        fixture.harness.run(GcoreFixture.purge(urls, true)).succeeded();
        assertEquals(List.of(List.of("/a?b=c", "/", "/%C3%A9")), fixture.submitted());
    }

    @Test
    void anUrlOfAnotherHostIsFoundOutBeforeAnythingIsPurged() {
        GcoreFixture fixture = new GcoreFixture(kind);
        PurgeSelection urls = new PurgeSelection(
                SelectionType.URLS, List.of("https://cdn.acme.example/a", "https://www.acme.example/a"));
        ApiException problem =
                fixture.harness.run(GcoreFixture.purge(urls, true)).failed(Kind.FAILED);
        assertEquals(
                "Gcore CDN was asked to purge 2 URLs of CDN resource 1001 and serves it as cdn.acme.example,"
                        + " static.acme.example, not as www.acme.example. Nothing was purged. Check resourceId and urls.",
                problem.getMessage());
        assertEquals(List.of(), fixture.submitted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"img/", "cdn.acme.example/img/", "/img/?a"})
    void aPrefixBeginsWithASlash(String prefix) {
        PurgeSelection what = new PurgeSelection(SelectionType.PREFIXES, List.of(prefix));
        assertThrows(InvalidInputException.class, () -> GcoreFixture.purge(what, true));
    }

    @Test
    void doesNotWaitWhereThatIsNotWanted() {
        GcoreFixture fixture = new GcoreFixture(kind);
        PurgeResult result = fixture.harness
                .run(GcoreFixture.purge(new PurgeSelection(SelectionType.PATHS, List.of("/a", "/b")), false))
                .succeeded();
        assertEquals(
                "{provider=gcore, target=1001, status=accepted, what=paths, count=2,"
                        + " requests=[{id=null, status=accepted, count=2}]}",
                result.toPipelineValue().toString());
        assertEquals(2, fixture.harness.service().requests().size());
    }

    @ParameterizedTest
    @CsvSource({"false, false, false", "true, false, false", "false, true, false", "false, false, true"})
    void findsItsOwnInEveryFormOfTheHistory(boolean oldestFirst, boolean inPages, boolean withHosts) {
        GcoreFixture fixture = new GcoreFixture(kind);
        if (oldestFirst) {
            fixture.gcore.oldestFirst();
        }
        if (inPages) {
            fixture.gcore.inPages();
        }
        if (withHosts) {
            fixture.gcore.withHosts();
        }
        fixture.gcore.unlimited();
        for (int i = 0; i < 130; i++) {
            fixture.gcore.addPurge(
                    GcoreFixture.RESOURCE, "purge_by_url", List.of("/x" + i), fixture.time.instant(), "Failed");
        }
        PurgeResult result = fixture.harness.run(GcoreFixture.purge(150)).succeeded();
        assertEquals(
                List.of("131", "132"),
                result.requests().stream().map(PurgeResult.RequestResult::id).toList());
    }

    @Test
    void whatOthersDidIsNotTakenForItsOwn() {
        GcoreFixture fixture = new GcoreFixture(kind);
        fixture.gcore.purgeTakes(Duration.ofDays(1), "Successful").addResource(7, "other.example");
        fixture.gcore
                .addPurge(GcoreFixture.RESOURCE, "purge_by_url", List.of("/0", "/1"), before(fixture, 60), "Successful")
                .addPurge(GcoreFixture.RESOURCE, "purge_by_url", List.of("/0"), fixture.time.instant(), "Successful")
                .addPurge(
                        GcoreFixture.RESOURCE,
                        "purge_by_url",
                        List.of("/0", "/1", "/2"),
                        fixture.time.instant(),
                        "Successful")
                .addPurge(
                        GcoreFixture.RESOURCE,
                        "purge_by_pattern",
                        List.of("/0", "/1"),
                        fixture.time.instant(),
                        "Successful")
                .addPurge(7, "purge_by_url", List.of("/0", "/1"), fixture.time.instant(), "Successful");
        ApiException problem = fixture.harness.run(GcoreFixture.purge(2)).failed(Kind.TIMED_OUT);
        assertTrue(problem.getMessage().endsWith("is In progress."), problem.getMessage());
    }

    private static Instant before(GcoreFixture fixture, int seconds) {
        return fixture.time.instant().minusSeconds(seconds);
    }

    @Test
    void oneThatFailedFailsThePurgeWhenAllAreOver() {
        GcoreFixture fixture = new GcoreFixture(kind);
        fixture.gcore.nextFinalStatuses("Failed", "Successful");
        ApiException problem = fixture.harness.run(GcoreFixture.purge(101)).failed(Kind.FAILED);
        assertEquals(
                "Gcore CDN was asked to purge 101 paths of CDN resource 1001 and ended 1 of 2 purge requests with the"
                        + " status Failed (1). It gives no reason; purge again, or ask its support with the ids.",
                problem.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"Partly", "successful", "Done"})
    void anUnknownStatusIsNeitherSuccessNorEnd(String status) {
        GcoreFixture fixture = new GcoreFixture(kind);
        fixture.gcore.nextFinalStatuses("Successful", status);
        ApiException problem = fixture.harness.run(GcoreFixture.purge(101)).failed(Kind.TIMED_OUT);
        assertTrue(
                problem.getMessage()
                        .endsWith(": 1 of 2 purge requests Successful, 1 %s (a status this plugin does not know)."
                                .formatted(status)),
                problem.getMessage());
    }

    @Test
    void whatGcoreWillNeverTellIsNotWaitedFor() {
        GcoreFixture fixture = new GcoreFixture(kind);
        fixture.gcore.purgeTakes(Duration.ZERO, "Status report disabled");
        PurgeResult result = fixture.harness.run(GcoreFixture.purge(1)).succeeded();
        assertEquals("Status report disabled", result.status());
    }

    @Test
    void theRateIsKeptAsDocumentedThoughGcoreDoesNotSay() {
        GcoreFixture fixture = new GcoreFixture(kind);
        fixture.harness.run(GcoreFixture.purge(500)).succeeded();
        assertEquals(5, fixture.submitted().size());
        Duration took = fixture.time.passed();
        assertTrue(
                took.compareTo(Duration.ofMinutes(2)) > 0 && took.compareTo(Duration.ofMinutes(4)) < 0,
                () -> "" + took);
    }

    @Test
    void tooMuchForTheDeadlineIsTold() {
        GcoreFixture fixture = new GcoreFixture(kind);
        ApiException problem = fixture.harness
                .run(GcoreFixture.purge(
                        new PurgeSelection(SelectionType.PREFIXES, ScalewayFixture.paths(0, 200)), true))
                .failed(Kind.TIMED_OUT);
        assertTrue(
                fixture.harness.consoleText().contains("; its rate limit makes this take 1140 s at least"),
                fixture.harness::consoleText);
        assertTrue(problem.getMessage().contains("50 of 200 prefixes done"), problem.getMessage());
    }
}
