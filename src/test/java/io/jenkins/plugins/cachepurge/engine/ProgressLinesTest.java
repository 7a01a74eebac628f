package io.jenkins.plugins.cachepurge.engine;

import static io.jenkins.plugins.cachepurge.engine.PartsFixture.sideBySide;
import static io.jenkins.plugins.cachepurge.engine.PartsFixture.singles;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.engine.PartsFixture.Part;
import io.jenkins.plugins.cachepurge.operation.BunnyFixture;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines on the console for an operation of many parts. */
@ParameterizedClass
@EnumSource(DriverKind.class)
class ProgressLinesTest {

    private static final Duration TIMEOUT = Duration.ofHours(3);

    @Parameter
    private DriverKind kind;

    /** The service fails each request once. */
    private static void failEachOnce(EngineHarness harness) {
        Set<String> seen = new HashSet<>();
        harness.service().failEvery((SimRequest request) -> seen.add(request.path()), UsualFaults.unavailable());
    }

    @Test
    void largeGroupPrintsALineEveryTenSeconds() {
        PartsFixture fixture = new PartsFixture(kind);
        List<Instant> times = new ArrayList<>();
        fixture.harness.transport().atEachBoundary(() -> {
            while (times.size() < fixture.harness.console().size()) {
                times.add(fixture.time.instant());
            }
        });
        fixture.harness.run(fixture.equalParts(6_000), TIMEOUT).succeeded();
        List<String> console = fixture.harness.console();
        assertEquals("Asking Example to purge 6000 pages", console.get(0));
        assertTrue(console.get(1).matches("Example purge of site: (59\\d|600) of 6,000 pages"), console.get(1));
        assertEquals("Example purge of site: done (100.0 s, 6,000 requests)", console.get(console.size() - 1));
        assertTrue(console.size() <= 12, fixture.harness::consoleText);
        List<String> german = fixture.harness.german();
        assertTrue(
                german.get(1).matches("Purge bei Example \\(site\\): (59\\d|600) von 6\\.000 Seiten"), german.get(1));
        assertEquals("Purge bei Example (site): done (100,0 s, 6.000 Anfragen)", german.get(german.size() - 1));
        for (int i = 2; i < times.size(); i++) {
            Duration apart = Duration.between(times.get(i - 1), times.get(i));
            assertTrue(apart.compareTo(Duration.ofMillis(9_900)) >= 0, "line %d after %s".formatted(i, apart));
        }
    }

    @Test
    void retriesOfAGroupArePrintedTogether() {
        PartsFixture fixture = new PartsFixture(kind);
        failEachOnce(fixture.harness);
        fixture.harness.run(fixture.operation(sideBySide(singles(60)))).succeeded();
        List<String> console = fixture.harness.console();
        assertEquals(3, console.size(), fixture.harness::consoleText);
        assertTrue(
                console.get(1)
                        .contains(
                                "60 of 60 pages; 60 requests were tried again, which is harmless even if some had been received, the last after: "),
                console.get(1));
    }

    @Test
    void retriesArePrintedBeforeAFailure() {
        PartsFixture fixture = new PartsFixture(kind);
        fixture.harness.service().failEvery(request -> true, UsualFaults.unavailable());
        fixture.harness
                .run(fixture.operation(sideBySide(singles(6))), Duration.ofSeconds(8))
                .failed(Kind.TIMED_OUT);
        List<String> console = fixture.harness.console();
        assertEquals(2, console.size(), fixture.harness::consoleText);
        assertTrue(console.get(1).contains(" requests were tried again"), console.get(1));
    }

    @Test
    void hintThatIsLaterThanTheTimeoutIsPartOfTheFailure() {
        PartsFixture fixture = new PartsFixture(kind);
        fixture.harness.service().failEvery(request -> true, UsualFaults.tooManyRequestsRetryAfter(3600));
        ApiException problem = fixture.harness
                .run(fixture.operation(sideBySide(singles(60))), Duration.ofMinutes(1))
                .failed(Kind.RATE_LIMITED);
        assertTrue(problem.getMessage().contains("It asks to retry after 3600 s, which is later than the timeout."));
        assertEquals(1, fixture.harness.console().size(), fixture.harness::consoleText);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 40})
    void nestedGroupsPrintOneSummary(int inner) {
        PartsFixture fixture = new PartsFixture(kind);
        failEachOnce(fixture.harness);
        List<Part> groups = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            List<Part> parts = new ArrayList<>();
            for (int j = 0; j < inner; j++) {
                parts.add(new Part.Single(i + "-" + j));
            }
            groups.add(sideBySide(parts));
        }
        Operation<?, PartsFixture.Result> operation = fixture.operation(sideBySide(groups));
        fixture.harness.run(operation).succeeded();
        long most = fixture.time.passed().toSeconds() / 10 + 3;
        assertTrue(fixture.harness.console().size() <= most, fixture.harness::consoleText);
    }

    @Test
    void singleValueIsNamed() {
        BunnyFixture fixture = new BunnyFixture(kind);
        fixture.harness.run(BunnyFixture.purge(BunnyFixture.urls(1))).succeeded();
        assertTrue(fixture.harness.console().get(0).contains("https://acme.b-cdn.net/0"), fixture.harness::consoleText);
        assertEquals(2, fixture.harness.console().size());
    }

    @Test
    void lineNamesHowLongTheRateLimitMakesItTake() {
        BunnyFixture fixture = new BunnyFixture(kind);
        fixture.harness.run(BunnyFixture.purge(BunnyFixture.urls(400))).succeeded();
        assertTrue(
                fixture.harness.console().get(0).endsWith("; its rate limit makes this take 56 s at least"),
                fixture.harness::consoleText);
    }
}
