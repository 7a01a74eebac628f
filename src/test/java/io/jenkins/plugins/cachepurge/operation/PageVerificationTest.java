package io.jenkins.plugins.cachepurge.operation;

import static io.jenkins.plugins.cachepurge.operation.SimWebsite.page;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.AddressRule;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.BodyDigestAlgorithm;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.PreparedCase;
import io.jenkins.plugins.cachepurge.engine.SimulatedCrash;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.verify.Expectations;
import io.jenkins.plugins.cachepurge.operation.verify.KnownPage;
import io.jenkins.plugins.cachepurge.operation.verify.NewerThan;
import io.jenkins.plugins.cachepurge.operation.verify.PageResult;
import io.jenkins.plugins.cachepurge.operation.verify.PageToVerify;
import io.jenkins.plugins.cachepurge.operation.verify.PageVerification;
import io.jenkins.plugins.cachepurge.operation.verify.VerificationResult;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a page counts as verified, and what is said while it is not. */
class PageVerificationTest {

    private static final String SITE = "https://www.example.org";
    private static final Expectations ANY =
            new Expectations(200, Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Optional.empty());
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final VirtualTime time = new VirtualTime();
    private final SimWebsite site = new SimWebsite();
    private EngineHarness harness = new EngineHarness(DriverKind.ASYNC, time, site, Signer.NONE);

    private static Expectations text(String text) {
        return new Expectations(200, Optional.of(text), Optional.empty(), Optional.empty(), Map.of(), Optional.empty());
    }

    private static Expectations newerThan(Instant purge) {
        return new Expectations(
                200,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.of(new NewerThan(purge, "the purge")));
    }

    private static PageToVerify verifiedPage(String path, Map<String, String> headers, boolean variant) {
        return new PageToVerify(
                PageUrl.of(SITE + path).orElseThrow(), AddressRule.GLOBAL_ONLY, headers, variant, Optional.empty());
    }

    private static PageVerification verification(Expectations expected, int times, String... paths) {
        List<PageToVerify> pages = List.of(paths).stream()
                .map(path -> verifiedPage(path, Map.of(), false))
                .toList();
        return new PageVerification(pages, expected, times, Optional.empty());
    }

    private VerificationResult verified(Expectations expected, int times, String... paths) {
        return harness.run(verification(expected, times, paths).operation(), TIMEOUT)
                .succeeded();
    }

    private ApiException failed(Kind kind, Expectations expected, String... paths) {
        return harness.run(verification(expected, 2, paths).operation(), TIMEOUT)
                .failed(kind);
    }

    private static String sha256(String text) {
        return HexFormat.of()
                .formatHex(BodyDigestAlgorithm.SHA_256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String httpDate(Instant time) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
    }

    @ParameterizedTest
    @EnumSource
    void twoGoodAnswersInARow(DriverKind kind) {
        harness = new EngineHarness(kind, time, site, Signer.NONE);
        site.answer("/", page("old"))
                .answer("/", page("new"))
                .answer("/", page("old"))
                .answer("/", page("new"));
        VerificationResult result = verified(text("new"), 2, "/");
        assertEquals(5, result.pages().get(0).tries());
        assertEquals(5, harness.service().requests().size());
        assertEquals("the page is as expected", result.summary().toString());
    }

    @Test
    void oneGoodAnswerIsEnoughIfToldSo() {
        site.answer("/", page("new"));
        assertEquals(1, verified(text("new"), 1, "/").pages().get(0).tries());
    }

    @Test
    void thePauseBetweenGoodAnswersIsThatOfAPoll() {
        site.answer("/", page("new"));
        verified(text("new"), 2, "/");
        assertEquals(Duration.ofMillis(1100), time.passed());
    }

    /** No query tricks, and the headers of a visitor. */
    @Test
    void theVeryUrlIsRequested() {
        site.answer("/a%20b", page("new"));
        verified(ANY, 1, "/a b?x=1&y=2");
        SimRequest request = harness.service().requests().get(0);
        assertEquals("GET", request.method());
        assertEquals("/a%20b?x=1&y=2", request.target());
        assertEquals(Optional.of("identity"), request.header("Accept-Encoding"));
        assertEquals(Optional.of("*/*"), request.header("Accept"));
        assertEquals(Optional.empty(), request.header("Authorization"));
        assertEquals(Optional.empty(), request.header("Cache-Control"));
    }

    @Test
    void theLastWrongAnswerIsInTheError() {
        site.answer(
                "/",
                request -> page("old")
                        .withHeader("Age", Long.toString(512 + time.passed().toSeconds()))
                        .withHeader("Date", httpDate(VirtualTime.START.minusSeconds(511)))
                        .withHeader("X-Cache", "HIT")
                        .withHeader("CF-Ray", "8f2d1c3b4a5e6f70-FRA"));
        ApiException problem = failed(Kind.TIMED_OUT, newerThan(VirtualTime.START), "/");
        assertThat(
                problem.getMessage(),
                containsString("Website verification of https://www.example.org/ was not over after 60 s (timeout)."
                        + " Last known: https://www.example.org/: not the expected version: Age 5"));
        assertThat(problem.getMessage(), containsString(", stored before the purge, hit, from FRA."));
        assertEquals(
                List.of("https://www.example.org/: not the expected version: stored before the purge"),
                harness.console());
    }

    /** The console gets a line only if something changed, whatever the age. */
    @Test
    void theConsoleIsQuiet() {
        for (int i = 0; i < 20; i++) {
            site.answer("/", page("old").withHeader("Age", Integer.toString(i)));
        }
        site.answer("/", page("new"));
        verified(text("new"), 2, "/");
        assertEquals(3, harness.console().size(), harness::consoleText);
    }

    @Test
    void aPageIsNewerThanAPurge() {
        Instant purge = VirtualTime.START.plusSeconds(5);
        time.sleepUntil(purge);
        site.answer("/", request -> page("x").withHeader("Age", "30"))
                .answer("/", request -> page("x").withHeader("Age", "0"));
        VerificationResult result = verified(newerThan(purge), 2, "/");
        assertEquals(3, result.pages().get(0).tries());
        assertEquals(0L, result.pages().get(0).age());
    }

    /** A cache that keeps the origin's Date, as the standard says, has an Age that grows with it. */
    @Test
    void anOriginsDateIsNotSubtractedTwice() {
        Instant stored = VirtualTime.START.plusSeconds(1);
        site.answer(
                "/",
                request -> page("x")
                        .withHeader("Date", httpDate(stored))
                        .withHeader(
                                "Age",
                                Long.toString(
                                        Duration.between(stored, time.instant()).toSeconds())));
        time.sleepUntil(stored.plusSeconds(100));
        assertEquals(
                100L,
                verified(newerThan(VirtualTime.START), 1, "/").pages().get(0).age());
    }

    /** Whole seconds, and clocks that differ a little. */
    @Test
    void twoSecondsOfSlack() {
        time.sleepUntil(VirtualTime.START.plusSeconds(10));
        site.answer("/", page("x").withHeader("Age", "12"));
        verified(newerThan(VirtualTime.START), 1, "/");
        SimWebsite other = new SimWebsite().answer("/", page("x").withHeader("Age", "14"));
        EngineHarness second = new EngineHarness(DriverKind.ASYNC, time, other, Signer.NONE);
        second.run(verification(newerThan(VirtualTime.START), 1, "/").operation(), Duration.ofMillis(900))
                .failed(Kind.TIMED_OUT);
    }

    /** An Age of nothing beside an old Date is a lie, or a clock is wrong: no proof either way. */
    @Test
    void anAgeThatItsDateContradictsIsNotBelieved() {
        site.answer(
                "/",
                page("x").withHeader("Age", "0").withHeader("Date", httpDate(VirtualTime.START.minusSeconds(3600))));
        ApiException problem = failed(Kind.TIMED_OUT, newerThan(VirtualTime.START), "/");
        assertThat(problem.getMessage(), containsString("Age 0, stored before the purge by its Date (36"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-5", "now", "1.5", "NaN"})
    void withoutAValidAgeNothingIsProven(String age) {
        SimResponse answer = age.isEmpty() ? page("x") : page("x").withHeader("Age", age);
        site.answer("/", answer.withHeader("CF-Cache-Status", "DYNAMIC"));
        ApiException problem = failed(Kind.FAILED, newerThan(VirtualTime.START), "/");
        assertEquals(10, harness.service().requests().size());
        assertThat(
                problem.getMessage(),
                containsString(
                        "answered 10 times in a row without the header Age (HTTP 200, bypass). So it is not known when its copy was stored: expect sha256, etag, body or a header instead."));
    }

    @Test
    void anAgeBiggerThanAnyNumberIsOld() {
        site.answer("/", page("x").withHeader("Age", "9".repeat(40)));
        assertThat(
                failed(Kind.TIMED_OUT, newerThan(VirtualTime.START), "/").getMessage(),
                containsString("Age 2147483648, stored before the purge"));
    }

    /** A cache says nothing of the age when it has just fetched the page, as Cloudflare's; later it does. */
    @Test
    void aFirstAnswerWithoutAgeIsFollowedByOneWith() {
        site.answer("/", page("x").withHeader("CF-Cache-Status", "MISS"))
                .answer("/", page("x").withHeader("CF-Cache-Status", "HIT").withHeader("Age", "1"));
        VerificationResult result = verified(newerThan(VirtualTime.START), 2, "/");
        assertEquals("hit", result.pages().get(0).cacheStatus());
        assertEquals(3, result.pages().get(0).tries());
    }

    @Test
    void digestOfTheWholeBody() {
        site.answer("/", page("old")).answer("/", page("new"));
        Expectations expected = ANY.withSha256(Optional.of(sha256("new")));
        assertEquals(3, verified(expected, 2, "/").pages().get(0).tries());
        String line = harness.console().get(0);
        assertThat(
                line,
                containsString("SHA-256 %s… instead of %s…"
                        .formatted(sha256("old").substring(0, 8), sha256("new").substring(0, 8))));
    }

    @Test
    void digestsOfSinglePages() {
        site.answer("/a", page("one")).answer("/b", page("two"));
        List<PageToVerify> pages = List.of(
                new PageToVerify(
                        PageUrl.of(SITE + "/a").orElseThrow(),
                        AddressRule.GLOBAL_ONLY,
                        Map.of(),
                        false,
                        Optional.of(new KnownPage.Body(sha256("one")))),
                new PageToVerify(
                        PageUrl.of(SITE + "/b").orElseThrow(),
                        AddressRule.GLOBAL_ONLY,
                        Map.of(),
                        false,
                        Optional.of(new KnownPage.Body(sha256("one")))));
        ApiException problem = harness.run(new PageVerification(pages, ANY, 1, Optional.empty()).operation(), TIMEOUT)
                .failed(Kind.TIMED_OUT);
        assertThat(
                problem.getMessage(),
                containsString("1 of 2 pages done; https://www.example.org/b: not the expected version: SHA-256"));
    }

    private static PageToVerify gonePage(String path) {
        return new PageToVerify(
                PageUrl.of(SITE + path).orElseThrow(),
                AddressRule.GLOBAL_ONLY,
                Map.of(),
                false,
                Optional.of(new KnownPage.Gone()));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void aPageThatIsGone(int status) {
        site.answer("/old", page("old")).answer("/old", SimResponse.text(status, "text/html", "any"));
        site.answer("/", page("new"));
        List<PageToVerify> pages = List.of(gonePage("/old"), verifiedPage("/", Map.of(), false));
        VerificationResult result = harness.run(
                        new PageVerification(pages, text("new"), 2, Optional.empty()).operation(), TIMEOUT)
                .succeeded();
        assertEquals(
                List.of(status, 200),
                result.pages().stream().map(PageResult::status).toList());
        assertEquals(
                List.of(3, 2), result.pages().stream().map(PageResult::tries).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 400})
    void aPageThatIsNotGone(int status) {
        site.answer("/old", SimResponse.text(status, "text/html", "old"));
        ApiException problem = harness.run(
                        new PageVerification(List.of(gonePage("/old")), ANY, 1, Optional.empty()).operation(), TIMEOUT)
                .failed(Kind.TIMED_OUT);
        assertThat(
                problem.getMessage(),
                containsString(SITE + "/old: not the expected page: HTTP %d instead of 404 or 410".formatted(status)));
    }

    @Test
    void aCompressedBodyIsTold() {
        site.answer("/", page("????").withHeader("Content-Encoding", "gzip"));
        assertThat(
                failed(Kind.TIMED_OUT, text("new"), "/").getMessage(),
                containsString("without the expected text, Content-Encoding gzip"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"abc\"", "W/\"abc\""})
    void etagsAreComparedWeakly(String actual) {
        for (String expected : List.of("\"abc\"", "W/\"abc\"", "abc")) {
            SimWebsite other = new SimWebsite().answer("/", page("x").withHeader("ETag", actual));
            EngineHarness own = new EngineHarness(DriverKind.ASYNC, time, other, Signer.NONE);
            Expectations tag = new Expectations(
                    200, Optional.empty(), Optional.empty(), Optional.of(expected), Map.of(), Optional.empty());
            VerificationResult result =
                    own.run(verification(tag, 1, "/").operation(), TIMEOUT).succeeded();
            assertEquals(actual, result.pages().get(0).etag());
        }
    }

    @Test
    void anotherEtagAndOtherHeaders() {
        site.answer("/", page("x").withHeader("X-Version", "1").withHeader("ETag", "\"1\""));
        Expectations expected = new Expectations(
                200, Optional.empty(), Optional.empty(), Optional.of("2"), Map.of("x-version", "2"), Optional.empty());
        assertThat(
                failed(Kind.TIMED_OUT, expected, "/").getMessage(),
                containsString("not the expected version: ETag \"1\" instead of 2, x-version '1' instead of '2'."));
        assertThat(
                failed(Kind.TIMED_OUT, expected, "/none").getMessage(),
                containsString("not the expected page: HTTP 404 instead of 200, no ETag, no header x-version."));
    }

    @Test
    void redirectsAreAnswers() {
        site.answer("/", SimResponse.empty(301).withHeader("Location", "http://169.254.169.254/"));
        Expectations expected = new Expectations(
                301,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of("Location", "http://169.254.169.254/"),
                Optional.empty());
        assertEquals(301, verified(expected, 2, "/").pages().get(0).status());
        assertThat(failed(Kind.TIMED_OUT, ANY, "/").getMessage(), containsString("HTTP 301 instead of 200"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 503})
    void botProtectionIsNoOldVersionAndSlowsThePolls(int status) {
        site.answer("/", SimResponse.text(status, "text/html", "go away"));
        String said = failed(Kind.TIMED_OUT, text("new"), "/").getMessage();
        assertThat(said, containsString("no answer of the page: HTTP %d, ".formatted(status)));
        assertThat(said, not(containsString("old version")));
        int polls = harness.service().requests().size();
        assertTrue(polls <= (status == 503 ? 13 : 5), "polls in a minute: " + polls);
    }

    @Test
    void aChallengeIsToldWhateverItsStatus() {
        site.answer("/", page("<script>").withHeader("cf-mitigated", "challenge"));
        assertThat(
                failed(Kind.TIMED_OUT, ANY, "/").getMessage(),
                containsString("no answer of the page: HTTP 200, a challenge of Cloudflare"));
    }

    @Test
    void aStatusThatIsExpectedIsNoBotProtection() {
        site.answer("/", SimResponse.text(403, "text/html", "forbidden"));
        Expectations expected =
                new Expectations(403, Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Optional.empty());
        assertEquals(403, verified(expected, 2, "/").pages().get(0).status());
    }

    @Test
    void aServerThatNamesATimeIsLeftAloneUntilThen() {
        site.answer("/", SimResponse.empty(503).withHeader("Retry-After", "40")).answer("/", page("new"));
        verified(text("new"), 1, "/");
        assertEquals(2, harness.service().requests().size());
        assertTrue(time.passed().compareTo(Duration.ofSeconds(40)) >= 0, time.passed()::toString);
    }

    /** A server counts the requests for all of its pages: those for the others wait, too. */
    @Test
    void aServerThatWantsFewerRequestsIsLeftAloneForAllPages() {
        site.answer("/a", SimResponse.empty(429).withHeader("Retry-After", "20"))
                .answer("/a", page("new"))
                .answer("/b", page("old"))
                .answer("/b", request -> page(time.passed().toSeconds() < 20 ? "old" : "new"));
        verified(text("new"), 1, "/a", "/b");
        assertEquals(4, harness.service().requests().size());
    }

    /** As when an application is deployed in the background. */
    @Test
    void anOriginThatIsLate() {
        site.answer("/", request -> page(time.passed().toSeconds() < 20 ? "old" : "new"));
        verified(text("new"), 2, "/");
        assertTrue(time.passed().compareTo(Duration.ofSeconds(27)) < 0, time.passed()::toString);
        assertTrue(harness.service().requests().size() < 22, "polls");
    }

    @Test
    void aServerThatIsDownIsAskedAgain() {
        site.answer("/", page("new"));
        harness.transport().unreachable(3);
        assertEquals(2, verified(text("new"), 2, "/").pages().get(0).tries());
        harness.service().failNext(UsualFaults.actThenCut());
        assertEquals(2, verified(text("new"), 2, "/").pages().get(0).tries());
    }

    @Test
    void variantsOfOnePage() {
        site.answer("/", request -> page(request.header("Accept-Language").orElse("none")));
        List<PageToVerify> pages = List.of(
                verifiedPage("/", Map.of("Accept-Language", "de"), true),
                verifiedPage("/", Map.of("Accept-Language", "en"), true));
        ApiException problem = harness.run(
                        new PageVerification(pages, text("de"), 1, Optional.empty()).operation(), TIMEOUT)
                .failed(Kind.TIMED_OUT);
        assertThat(
                problem.getMessage(),
                containsString("https://www.example.org/ (Accept-Language: en): not the expected version"));
    }

    @Test
    void queriesAreNotPrinted() {
        site.answer("/", page("old"));
        String said = failed(Kind.TIMED_OUT, text("new"), "/?token=secret").getMessage() + harness.consoleText();
        assertThat(said, not(containsString("secret")));
        assertThat(said, containsString("https://www.example.org/?…"));
    }

    @Test
    void bodiesAreNotPrinted() {
        site.answer("/", page("wholly secret"));
        Expectations expected = text("new").withSha256(Optional.of(sha256("new")));
        String said = failed(Kind.TIMED_OUT, expected, "/").getMessage() + harness.consoleText();
        assertThat(said, not(containsString("secret")));
        assertThat(said, not(containsString(sha256("wholly secret"))));
    }

    /** Fifty pages take little longer than the slowest of them. */
    @Test
    void pagesAreVerifiedSideBySide() {
        String[] paths = IntStream.range(0, 50).mapToObj(i -> "/" + i).toArray(String[]::new);
        for (String path : paths) {
            site.answer(path, page("new"));
        }
        VerificationResult result = verified(text("new"), 2, paths);
        assertEquals("50 pages are as expected", result.summary().toString());
        assertEquals(SITE + "/49", result.pages().get(49).url());
        assertTrue(time.passed().compareTo(Duration.ofMillis(1100 * 3 / 2)) <= 0, time.passed()::toString);
    }

    /** One page that cannot be verified does not keep the others from being told. */
    @Test
    void aPageThatFailsDoesNotStopTheOthers() {
        site.answer("/a", page("x")).answer("/b", page("x").withHeader("Age", "0"));
        ApiException problem = failed(Kind.FAILED, newerThan(VirtualTime.START), "/a", "/b");
        assertThat(
                problem.getMessage(),
                containsString("Website verification of 2 pages: 1 of 2 pages done, 1 failed. The first failure: "));
    }

    /** Wherever Jenkins goes down, it goes on and ends as if nothing had been. */
    @ParameterizedTest
    @EnumSource
    void restartsAtEachEvent(DriverKind kind) {
        int crashes = 0;
        for (int at = 0; ; at++) {
            VirtualTime clock = new VirtualTime();
            SimWebsite pages = new SimWebsite()
                    .answer("/a", page("new"))
                    .answer("/b", request -> page(clock.passed().toSeconds() < 15 ? "old" : "new"));
            EngineHarness engine = new EngineHarness(kind, clock, pages, Signer.NONE);
            Operation<?, VerificationResult> operation =
                    verification(text("new"), 2, "/a", "/b").operation();
            PreparedCase<VerificationResult> prepared = new PreparedCase<>(engine, clock, operation, () -> 0);
            int[] events = {at};
            prepared.onEachEvent(() -> {
                if (events[0]-- == 0) {
                    throw new SimulatedCrash();
                }
            });
            VerificationResult result;
            try {
                result = prepared.run().succeeded();
            } catch (SimulatedCrash e) {
                crashes++;
                result = prepared.resume(Duration.ofSeconds(30)).succeeded();
            }
            List<String> urls = new ArrayList<>();
            result.pages().forEach(page -> urls.add(page.url()));
            assertEquals(List.of(SITE + "/a", SITE + "/b"), urls);
            if (events[0] >= 0) {
                break;
            }
        }
        assertTrue(crashes > 20, "crashes: " + crashes);
    }

    @Test
    void theResultForAJenkinsfile() {
        site.answer(
                "/",
                page("x")
                        .withHeader("Age", "7")
                        .withHeader("ETag", "\"a\"")
                        .withHeader("Cache-Status", "Edge; hit")
                        .withHeader("X-Amz-Cf-Pop", "FRA56-P4"));
        assertEquals(
                "[{url=https://www.example.org/, status=200, age=7, etag=\"a\", cacheStatus=hit, served=FRA56-P4, tries=1}]",
                verified(ANY, 1, "/").toPipelineValue().toString());
        assertThat(harness.consoleText(), endsWith("the page is as expected (0.1 s, 1 request)"));
    }
}
