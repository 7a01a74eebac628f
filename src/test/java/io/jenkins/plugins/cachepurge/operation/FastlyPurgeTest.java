package io.jenkins.plugins.cachepurge.operation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.OperationOutcome;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.fastly.FastlyPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(DriverKind.class)
class FastlyPurgeTest {

    @Parameter
    private DriverKind kind;

    @Test
    void purgesEverythingAndThatIsAll() {
        FastlyFixture fixture = new FastlyFixture(kind);
        PurgeResult result = fixture.harness.run(FastlyFixture.purgeAll()).succeeded();
        assertEquals(
                "{provider=fastly, target=%s, status=ok, what=all, count=0, requests=[{id=null, status=ok, count=0}]}"
                        .formatted(FastlyFixture.SERVICE),
                result.toPipelineValue().toString());
        assertEquals(List.of(List.of()), fixture.submitted());
        assertEquals(
                "Fastly purge of service %s: everything in one request: ok (0.1 s, 1 request)"
                        .formatted(FastlyFixture.SERVICE),
                fixture.harness.console().get(1));
    }

    @ParameterizedTest
    @CsvSource({"1, '[1]'", "256, '[256]'", "257, '[256, 1]'", "600, '[256, 256, 88]'"})
    void twoHundredFiftySixTagsGoIntoARequest(int tags, String sizes) {
        FastlyFixture fixture = new FastlyFixture(kind);
        PurgeResult result = fixture.harness.run(FastlyFixture.purgeTags(tags)).succeeded();
        assertEquals(
                sizes, fixture.submitted().stream().map(List::size).toList().toString());
        assertEquals(
                FastlyFixture.numbered("tag", tags),
                fixture.submitted().stream().flatMap(List::stream).toList(),
                "in their order");
        assertEquals(
                tags,
                result.requests().stream()
                        .mapToInt(PurgeResult.RequestResult::count)
                        .sum());
    }

    /** As in a header, with a space between two keys, a request has at most 16 KB of them. */
    @ParameterizedTest
    @CsvSource({
        "16, 1023, '[16]'",
        "17, 1023, '[16, 1]'",
        "16, 1024, '[15, 1]'",
        "300, 63, '[256, 44]'",
        "300, 100, '[162, 138]'"
    })
    void longTagsGoIntoMoreRequests(int tags, int length, String sizes) {
        FastlyFixture fixture = new FastlyFixture(kind);
        List<String> keys = IntStream.range(0, tags)
                .mapToObj(i -> "k".repeat(length - 4) + "%04d".formatted(i))
                .toList();
        fixture.harness
                .run(FastlyFixture.purge(new PurgeSelection(SelectionType.TAGS, keys), false))
                .succeeded();
        assertEquals(
                sizes, fixture.submitted().stream().map(List::size).toList().toString());
        assertEquals(keys, fixture.submitted().stream().flatMap(List::stream).toList());
    }

    @Test
    void tagsMayHoldSigns() {
        FastlyFixture fixture = new FastlyFixture(kind);
        List<String> keys = List.of("a*", "a,b:c/d|e~!\"", "x".repeat(1024));
        fixture.harness
                .run(FastlyFixture.purge(new PurgeSelection(SelectionType.TAGS, keys), false))
                .succeeded();
        assertEquals(List.of(keys), fixture.submitted());
    }

    /** Fastly takes them, ignores them, and reports a success. */
    @Test
    void tagsThatFastlyIgnoresAreRefused() {
        for (String key : List.of("größe", "日本", "x".repeat(1025))) {
            PurgeSelection tags = new PurgeSelection(SelectionType.TAGS, List.of("a", key));
            InvalidInputException problem =
                    assertThrows(InvalidInputException.class, () -> FastlyFixture.purge(tags, false));
            assertTrue(
                    problem.getMessage().endsWith("' must be 1 to 1024 printable ASCII characters without spaces"),
                    problem.getMessage());
        }
    }

    @Test
    void anUrlGoesIntoARequestAsABrowserWouldSendIt() {
        FastlyFixture fixture = new FastlyFixture(kind);
        PurgeSelection urls = new PurgeSelection(
                SelectionType.URLS,
                List.of("https://www.Example.com/a b?c=é", "http://example.com:8080/y", "https://example.com"));
        PurgeResult result =
                fixture.harness.run(FastlyFixture.purge(urls, false)).succeeded();
        assertEquals(
                List.of(
                        List.of("www.example.com/a%20b?c=%C3%A9"),
                        List.of("example.com:8080/y"),
                        List.of("example.com/")),
                fixture.submitted());
        assertEquals(3, result.requests().size());
        assertTrue(result.requests().get(0).id().startsWith("4133-"), result.requests()::toString);
    }

    @Test
    void softMarksAsStale() {
        FastlyFixture fixture = new FastlyFixture(kind);
        fixture.harness
                .run(FastlyFixture.purge(new PurgeSelection(SelectionType.TAGS, List.of("a")), true))
                .succeeded();
        fixture.harness
                .run(FastlyFixture.purge(new PurgeSelection(SelectionType.URLS, List.of("https://example.com/")), true))
                .succeeded();
        assertTrue(fixture.fastly.purges().stream()
                .allMatch(io.jenkins.plugins.cachepurge.simulator.RecordedFastlyPurge::soft));
        assertTrue(
                fixture.harness.console().get(0).startsWith("Asking Fastly to mark surrogate key a of service"),
                fixture.harness::consoleText);
    }

    @Test
    void aLostAnswerIsAskedForAgainWhichIsHarmless() {
        FastlyFixture fixture = new FastlyFixture(kind);
        fixture.harness.service().failNext(UsualFaults.actThenCut());
        fixture.harness.run(FastlyFixture.purgeTags(300)).succeeded();
        assertEquals(
                "[256, 44, 256]",
                fixture.submitted().stream().map(List::size).toList().toString());
        assertTrue(
                fixture.harness.consoleText().contains("sent again, which is harmless"), fixture.harness::consoleText);
    }

    @Test
    void comesAgainWhenTheHourIsOver() {
        FastlyFixture fixture = new FastlyFixture(kind);
        fixture.fastly.limitPurges(2);
        fixture.harness.run(FastlyFixture.purgeUrls(3), Duration.ofHours(2)).succeeded();
        assertEquals(3, fixture.submitted().size());
        assertEquals(4, fixture.harness.service().requests().size(), "asked once in vain");
        assertTrue(fixture.time.passed().compareTo(Duration.ofHours(1)) > 0, fixture.time.passed()::toString);
    }

    @Test
    void doesNotWaitForTheNextHourWhenThereIsNoTime() {
        FastlyFixture fixture = new FastlyFixture(kind);
        fixture.fastly.limitPurges(1);
        ApiException problem = fixture.harness.run(FastlyFixture.purgeUrls(2)).failed(Kind.RATE_LIMITED);
        assertTrue(problem.getMessage().contains("hourly rate limit"), problem.getMessage());
        assertEquals(1, fixture.submitted().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "queued", "OK", ""})
    void noOtherStatusIsASuccess(String status) {
        FastlyFixture fixture = new FastlyFixture(kind);
        fixture.harness
                .service()
                .failEvery(
                        request -> true,
                        UsualFaults.answering(SimResponse.json(200, Map.of("status", status, "id", "1"))));
        OperationOutcome<PurgeResult> outcome = fixture.harness.run(FastlyFixture.purgeAll());
        outcome.failed(status.equals("fail") ? Kind.REFUSED : Kind.UNREADABLE);
        assertEquals(1, fixture.harness.service().requests().size());
    }

    @Test
    void aRefusalOfTheCredentialsStopsTheOthers() {
        FastlyFixture fixture = new FastlyFixture(kind);
        fixture.harness
                .service()
                .failNext(
                        request -> request.path().endsWith("/1"),
                        UsualFaults.answering(SimResponse.json(403, Map.of("msg", "no"))));
        ApiException problem = fixture.harness.run(FastlyFixture.purgeUrls(300)).failed(Kind.REFUSED);
        assertTrue(problem.getMessage().endsWith("scope purge_select and may use the service."), problem.getMessage());
        assertTrue(problem.getMessage().contains("1 failed, 28"), problem.getMessage());
        assertThat(fixture.submitted().size(), lessThanOrEqualTo(12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "..", "a-b", "ä"})
    void aServiceIdIsLettersAndDigits(String id) {
        assertEquals(FastlyFixture.SERVICE, FastlyPurge.serviceId(" " + FastlyFixture.SERVICE));
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> FastlyPurge.serviceId(id));
        assertEquals(
                "serviceId: must be letters and digits, such as SU1Z0isxPaozGVKXdv0eY, but was '%s'".formatted(id),
                problem.getMessage());
    }
}
