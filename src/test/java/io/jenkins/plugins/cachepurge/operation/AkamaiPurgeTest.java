package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.akamai.AkamaiClient;
import io.jenkins.plugins.cachepurge.client.akamai.AkamaiNetwork;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.PreparedCase;
import io.jenkins.plugins.cachepurge.engine.SimulatedCrash;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.akamai.AkamaiPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.RecordedAkamaiPurge;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(DriverKind.class)
class AkamaiPurgeTest {

    private static final PurgeOptions SOFT = new PurgeOptions(true, true, "e1");
    private static final PurgeOptions WITHOUT_WAITING = new PurgeOptions(false, false, "e1");

    @Parameter
    private DriverKind kind;

    @Test
    void waitsAsLongAsAkamaiEstimates() {
        AkamaiFixture fixture = new AkamaiFixture(kind);
        PurgeResult result =
                fixture.harness.run(AkamaiFixture.purge(AkamaiFixture.urls(2))).succeeded();
        assertEquals(
                "{provider=akamai, target=production, status=done, what=urls, count=2, requests=[{id=e535071c-26b2-11e7-94d7-000000000001, status=done, count=2}]}",
                result.toPipelineValue().toString());
        assertEquals(Duration.ofMillis(5100), fixture.time.passed());
        assertEquals(
                List.of(
                        "Asking Akamai to purge 2 URLs of its production network",
                        "Akamai purge of the production network is accepted; Akamai estimates that it takes 5 s",
                        "Akamai purge of the production network: 2 URLs in one request: done (5.1 s, 1 request)"),
                fixture.harness.console());
    }

    @Test
    void doesNotWaitIfNobodyWants() {
        AkamaiFixture fixture = new AkamaiFixture(kind);
        PurgeResult result = fixture.harness
                .run(AkamaiFixture.purge(AkamaiFixture.urls(1), WITHOUT_WAITING))
                .succeeded();
        assertEquals("accepted", result.status());
        assertEquals(Duration.ofMillis(100), fixture.time.passed());
    }

    /** What was not marked as stale is deleted: the step's default is the same at all CDNs. */
    @Test
    void softPurgesInvalidateAndOthersDelete() {
        AkamaiFixture fixture = new AkamaiFixture(kind);
        PurgeSelection tags = new PurgeSelection(SelectionType.TAGS, List.of("home", "a~b|c"));
        fixture.harness.run(AkamaiFixture.purge(tags, SOFT)).succeeded();
        fixture.harness.run(AkamaiFixture.purge(tags)).succeeded();
        assertEquals(
                List.of("invalidate tag production [home, a~b|c]", "delete tag production [home, a~b|c]"),
                fixture.akamai.purges().stream().map(AkamaiPurgeTest::text).toList());
        assertEquals(
                "Asking Akamai to mark 2 tags of its production network as stale",
                fixture.harness.console().get(0));
    }

    private static String text(RecordedAkamaiPurge purge) {
        return String.join(
                " ",
                purge.action(),
                purge.type(),
                purge.network(),
                purge.objects().toString());
    }

    @Test
    void everythingIsWhatTheCpCodesStandFor() {
        AkamaiFixture fixture = new AkamaiFixture(kind);
        fixture.akamai.addCpCode(7).addAccount("1-ABCDE:1-2RBL");
        AkamaiClient client =
                new AkamaiClient(AkamaiClient.UNSIGNED_URL, AkamaiNetwork.STAGING, Optional.of("1-ABCDE:1-2RBL"));
        PurgeResult result = fixture.harness
                .run(AkamaiPurge.of(client, PurgeSelection.all(), List.of(123456L, 7L), WITHOUT_WAITING))
                .succeeded();
        RecordedAkamaiPurge purge = fixture.akamai.purges().get(0);
        assertEquals("delete cpcode staging [123456, 7]", text(purge));
        assertEquals("1-ABCDE:1-2RBL", purge.account());
        assertEquals(
                "{\"objects\":[123456,7]}",
                fixture.harness.service().requests().get(0).bodyText());
        assertTrue(result.toPipelineValue().toString().contains("what=all, count=0"), result::toString);
        assertEquals(
                "cpCodes: is required; everything that Akamai can purge is what one or more CP codes stand for",
                assertThrows(
                                InvalidInputException.class,
                                () -> AkamaiPurge.of(client, PurgeSelection.all(), List.of(), WITHOUT_WAITING))
                        .getMessage());
    }

    @Test
    void noBodyIsLongerThanAkamaiTakes() {
        AkamaiFixture fixture = new AkamaiFixture(kind);
        PurgeSelection urls = new PurgeSelection(
                SelectionType.URLS, FastlyFixture.numbered("https://www.example.com/" + "a\"é".repeat(30), 3000));
        fixture.harness.run(AkamaiFixture.purge(urls)).succeeded();
        assertEquals(
                urls.values(),
                fixture.submitted().stream()
                        .flatMap(List::stream)
                        .sorted(byNumber())
                        .toList());
        List<Integer> sizes = fixture.harness.service().requests().stream()
                .map(SimRequest::body)
                .map(body -> body.length)
                .toList();
        assertTrue(sizes.stream().allMatch(size -> size <= 50_000), sizes::toString);
        assertTrue(
                sizes.stream().sorted().skip(1).allMatch(size -> size > 49_000), () -> "as few as possible: " + sizes);
    }

    private static java.util.Comparator<String> byNumber() {
        return java.util.Comparator.comparing((String url) -> url.length()).thenComparing(url -> url);
    }

    @Test
    void aValueThatNoRequestHasRoomForIsRefusedBeforeAnythingIsSent() {
        PurgeSelection url = new PurgeSelection(SelectionType.URLS, List.of("https://a.example/" + "a".repeat(50_000)));
        assertTrue(assertThrows(InvalidInputException.class, () -> AkamaiFixture.purge(url))
                .getMessage()
                .endsWith("is longer than a request to Akamai may be, which has 50,000 bytes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a*", "a:b", "é", "a(b)"})
    void aTagHasOnlyWhatAkamaiAllows(String tag) {
        PurgeSelection tags = new PurgeSelection(SelectionType.TAGS, List.of("a", tag));
        assertTrue(
                assertThrows(InvalidInputException.class, () -> AkamaiFixture.purge(tags))
                        .getMessage()
                        .startsWith("tags: '" + tag + "' must have 1 to 128 letters"),
                tag);
    }

    /** The headers of a success say how many more URLs Akamai would take, so that no request is refused. */
    @Test
    void headersSayWhenTheNextRequestMayBeSent() {
        AkamaiFixture fixture = new AkamaiFixture(kind);
        fixture.akamai.limitObjects("url", 2_000, 200);
        int count = 20_000;
        fixture.harness
                .run(AkamaiFixture.purge(AkamaiFixture.urls(count)), Duration.ofMinutes(10))
                .succeeded();
        assertEquals(count, fixture.submitted().stream().mapToInt(List::size).sum());
        int refused = fixture.harness.service().requests().size()
                - fixture.submitted().size();
        assertTrue(refused <= 4, () -> "only those that were under way at first: " + refused);
        assertTrue(fixture.time.passed().toSeconds() >= 90, fixture.time.passed()::toString);
        assertTrue(fixture.time.passed().toSeconds() <= 150, fixture.time.passed()::toString);
    }

    @Test
    void aRefusalForNowEndsWhenTheBucketHasEnoughTokens() {
        AkamaiFixture fixture = new AkamaiFixture(kind);
        fixture.akamai.limitObjects("tag", 10, 0.5);
        PurgeSelection six = new PurgeSelection(SelectionType.TAGS, FastlyFixture.numbered("tag", 6));
        fixture.harness.run(AkamaiFixture.purge(six, WITHOUT_WAITING)).succeeded();
        // As another client of the same account.
        fixture.harness.restart();
        fixture.harness.run(AkamaiFixture.purge(six, WITHOUT_WAITING)).succeeded();
        assertTrue(
                fixture.harness.consoleText().contains("HTTP 429: TAG Rate Limit exceeded: Too many purges"),
                fixture.harness::consoleText);
        assertEquals(2, fixture.submitted().size());
        assertEquals(4, fixture.time.passed().toSeconds(), fixture.time.passed()::toString);
    }

    @Test
    void waitsWhereAkamaiHasNoRoomForMore() {
        AkamaiFixture fixture = new AkamaiFixture(kind);
        fixture.akamai.refuseForStorage(7);
        fixture.harness
                .run(AkamaiFixture.purge(AkamaiFixture.urls(1)), Duration.ofMinutes(30))
                .succeeded();
        assertEquals(8, fixture.harness.service().requests().size());
        assertEquals(1, fixture.submitted().size());
        assertTrue(fixture.harness.consoleText().contains("HTTP 507"), fixture.harness::consoleText);
    }

    /** Each request is signed anew, since Akamai takes no signature twice. */
    @Test
    void aLostAnswerIsAskedForAgainWhichIsHarmless() {
        AkamaiFixture fixture = new AkamaiFixture(kind);
        fixture.harness.service().failNext(UsualFaults.actThenCut());
        fixture.harness.run(AkamaiFixture.purge(AkamaiFixture.urls(1))).succeeded();
        assertEquals(2, fixture.submitted().size());
    }

    @Test
    void bothClocksAreToldIfTheyDiffer() {
        AkamaiFixture fixture = new AkamaiFixture(kind);
        fixture.harness.transport().serviceClockAhead(Duration.ofSeconds(95));
        fixture.harness
                .service()
                .failEvery(
                        request -> true,
                        UsualFaults.answering(SimResponse.json(
                                400, Map.of("title", "Bad request", "status", 400, "detail", "Invalid timestamp"))));
        ApiException problem =
                fixture.harness.run(AkamaiFixture.purge(AkamaiFixture.urls(1))).failed(Kind.REFUSED);
        assertEquals(
                "Akamai was asked to purge URL https://www.example.com/0 of its production network and answered HTTP 400: Bad request: Invalid timestamp. Jenkins' clock says 2026-03-01T12:00:00Z and Akamai's 2026-03-01T12:01:35Z: set the clock of the controller.",
                problem.getMessage());
    }

    @Test
    void noMessageHasASecret() {
        AkamaiFixture fixture = new AkamaiFixture(kind);
        fixture.harness.service().failEvery(request -> true, UsualFaults.echoing("Authorization", 403));
        ApiException problem =
                fixture.harness.run(AkamaiFixture.purge(AkamaiFixture.urls(1))).failed(Kind.REFUSED);
        String sent = fixture.harness
                .service()
                .requests()
                .get(0)
                .header("Authorization")
                .orElseThrow();
        String signature = sent.substring(sent.indexOf("signature=") + "signature=".length());
        for (String secret : List.of("demo-client-token", "demo-access-token", "demoAkamai", signature)) {
            assertFalse((problem.getMessage() + fixture.harness.consoleText()).contains(secret), problem.getMessage());
        }
    }

    @Test
    void aRestartDoesNotWaitAgain() {
        AkamaiFixture fixture = new AkamaiFixture(kind);
        fixture.akamai.purgeTakes(240);
        PreparedCase<PurgeResult> prepared = new PreparedCase<>(
                fixture.harness,
                fixture.time,
                AkamaiFixture.purge(AkamaiFixture.urls(1)),
                () -> fixture.submitted().size());
        fixture.harness.checkpoints().afterEachSave(() -> {
            fixture.harness.crash();
            throw new SimulatedCrash();
        });
        assertThrows(SimulatedCrash.class, prepared::run);
        PurgeResult result = prepared.resume(Duration.ofSeconds(200)).succeeded();
        assertEquals("done", result.status());
        assertEquals(240, fixture.time.passed().toSeconds());
        assertEquals(1, fixture.submitted().size());
    }

    @Test
    void inputIsChecked() {
        assertEquals(AkamaiNetwork.STAGING, AkamaiPurge.network(" staging "));
        assertEquals(
                "network: must be 'production' or 'staging', but was 'Production'",
                assertThrows(InvalidInputException.class, () -> AkamaiPurge.network("Production"))
                        .getMessage());
        assertEquals(Optional.empty(), AkamaiPurge.accountSwitchKey(" "));
        assertThrows(InvalidInputException.class, () -> AkamaiPurge.accountSwitchKey("a&b"));
        assertThrows(InvalidInputException.class, () -> AkamaiPurge.cpCode("abc"));
    }
}
