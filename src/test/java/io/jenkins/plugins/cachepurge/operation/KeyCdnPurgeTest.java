package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.keycdn.KeyCdnPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.KeyCdnSimulator;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(DriverKind.class)
class KeyCdnPurgeTest {

    private static final String HOST = KeyCdnSimulator.DEMO_HOST;

    @Parameter
    private DriverKind kind;

    @Test
    void purgesEverythingByAGetThatIsToldLikeAnyOtherPurge() {
        KeyCdnFixture fixture = new KeyCdnFixture(kind);
        PurgeResult result = fixture.harness.run(KeyCdnFixture.purgeAll()).succeeded();
        assertEquals(
                "{provider=keycdn, target=209797, status=success, what=all, count=0, requests=[{id=null, status=success, count=0}]}",
                result.toPipelineValue().toString());
        assertEquals("GET", fixture.harness.service().requests().get(0).method());
        assertEquals(
                List.of(
                        "Asking KeyCDN to purge everything of zone 209797",
                        "KeyCDN purge of zone 209797: everything in one request: success (0.1 s, 1 request)"),
                fixture.harness.console());
    }

    @Test
    void urlsAreNamedWithoutScheme() {
        KeyCdnFixture fixture = new KeyCdnFixture(kind);
        PurgeSelection what =
                new PurgeSelection(SelectionType.URLS, List.of("https://" + HOST + "/a b?c=é", "http://" + HOST));
        fixture.harness.run(KeyCdnFixture.purge(what)).succeeded();
        assertEquals(List.of(List.of(HOST + "/a%20b?c=%C3%A9", HOST + "/")), fixture.submitted());
    }

    /** KeyCDN's limit is 64 KB; one URL more must not make a request longer than that. */
    @Test
    void noBodyIsLongerThanKeyCdnTakes() {
        KeyCdnFixture fixture = new KeyCdnFixture(kind);
        List<String> urls = FastlyFixture.numbered("https://" + HOST + "/é\"" + "a".repeat(70), 3000);
        fixture.harness
                .run(KeyCdnFixture.purge(new PurgeSelection(SelectionType.URLS, urls)))
                .succeeded();
        assertEquals(3000, fixture.submitted().stream().mapToInt(List::size).sum());
        assertEquals(
                3000,
                fixture.submitted().stream().flatMap(List::stream).distinct().count());
        List<Integer> sizes = fixture.harness.service().requests().stream()
                .map(SimRequest::body)
                .map(body -> body.length)
                .toList();
        assertTrue(sizes.stream().allMatch(size -> size <= 60_100), sizes::toString);
        assertTrue(
                sizes.subList(0, sizes.size() - 1).stream().allMatch(size -> size > 59_800),
                () -> "as few as possible: " + sizes);
    }

    /** A JSON list of 128 characters: {@code ["tag0","tag1",…]}. */
    @Test
    void aHundredTwentyEightCharactersOfTagsGoIntoARequest() {
        KeyCdnFixture fixture = new KeyCdnFixture(kind);
        List<String> exact = List.of("a".repeat(61), "b".repeat(60));
        fixture.harness
                .run(KeyCdnFixture.purge(new PurgeSelection(SelectionType.TAGS, exact)))
                .succeeded();
        fixture.harness
                .run(KeyCdnFixture.purge(
                        new PurgeSelection(SelectionType.TAGS, List.of("a".repeat(61), "b".repeat(61)))))
                .succeeded();
        assertEquals(
                "[2, 1, 1]",
                fixture.submitted().stream().map(List::size).toList().toString());
        fixture.harness.run(KeyCdnFixture.purgeTags(40)).succeeded();
        assertEquals(
                FastlyFixture.numbered("tag", 40),
                fixture.submitted().subList(3, fixture.submitted().size()).stream()
                        .flatMap(List::stream)
                        .toList(),
                "in their order");
    }

    /** Nobody knows the limit for certain, so what is longer is for KeyCDN to refuse. */
    @Test
    void aTagThatIsTooLongIsSentByItself() {
        KeyCdnFixture fixture = new KeyCdnFixture(kind);
        PurgeSelection what = new PurgeSelection(SelectionType.TAGS, List.of("a", "b".repeat(129), "c"));
        ApiException problem = fixture.harness.run(KeyCdnFixture.purge(what)).failed(Kind.REFUSED);
        assertTrue(
                problem.getMessage().contains("1 failed. The first failure: KeyCDN was asked to purge tag bbb"),
                problem.getMessage());
        assertEquals(List.of(List.of("a"), List.of("c")), fixture.submitted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "queued", "Success", ""})
    void noOtherStatusIsASuccess(String status) {
        KeyCdnFixture fixture = new KeyCdnFixture(kind);
        fixture.harness
                .service()
                .failEvery(
                        request -> true,
                        UsualFaults.answering(SimResponse.json(200, Map.of("status", status, "description", "well"))));
        fixture.harness.run(KeyCdnFixture.purgeAll()).failed(status.equals("error") ? Kind.REFUSED : Kind.UNREADABLE);
        assertEquals(1, fixture.harness.service().requests().size());
    }

    @Test
    void aLostAnswerIsAskedForAgainWhichIsHarmless() {
        KeyCdnFixture fixture = new KeyCdnFixture(kind);
        fixture.harness.service().failNext(UsualFaults.actThenCut());
        fixture.harness.run(KeyCdnFixture.purgeAll()).succeeded();
        assertEquals(2, fixture.submitted().size());
        assertTrue(
                fixture.harness.consoleText().contains("sending it again, which is harmless"),
                fixture.harness::consoleText);
    }

    @Test
    void triesAgainUntilTheMinuteIsOver() {
        KeyCdnFixture fixture = new KeyCdnFixture(kind);
        fixture.keyCdn.limitCalls(2);
        fixture.harness.run(KeyCdnFixture.purgeTags(60)).succeeded();
        assertEquals(4, fixture.submitted().size());
        assertTrue(fixture.time.passed().compareTo(Duration.ofMinutes(1)) > 0, fixture.time.passed()::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "0", "-1", "1.5", "209797.json"})
    void aZoneIdIsANumber(String id) {
        assertEquals(209797, KeyCdnPurge.zoneId(" 209797 "));
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> KeyCdnPurge.zoneId(id));
        assertEquals("zoneId: must be a number of at least 1, but was '%s'".formatted(id), problem.getMessage());
    }
}
