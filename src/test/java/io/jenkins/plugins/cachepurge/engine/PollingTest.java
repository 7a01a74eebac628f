package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.operation.BuddyFixture;
import io.jenkins.plugins.cachepurge.operation.FelderaFixture;
import io.jenkins.plugins.cachepurge.operation.ScalewayFixture;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How often the service is asked whether it is done. */
@ParameterizedClass
@EnumSource(DriverKind.class)
class PollingTest {

    private static final Duration THERE_AND_BACK = SimulatedTransport.LATENCY.multipliedBy(2);

    @Parameter
    private DriverKind kind;

    @Test
    void pollIntervalGrowsToFifteenSeconds() {
        BuddyFixture fixture = new BuddyFixture(kind);
        fixture.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        PreparedCase<?> prepared =
                new PreparedCase<>(fixture.harness, fixture.time, BuddyFixture.run(), fixture::starts);
        List<Duration> asked = RetriesTest.asked(prepared);
        prepared.run(Duration.ofHours(2)).succeeded();
        List<Duration> pauses = RetriesTest.pauses(asked, Duration.ZERO);
        assertEquals(Duration.ofSeconds(1).plus(THERE_AND_BACK), pauses.get(0));
        List<Duration> later = pauses.subList(1, pauses.size());
        assertEquals(later.stream().sorted().toList(), later, "never shorter than before");
        assertTrue(later.get(0).compareTo(Duration.ofMillis(200)) >= 0, "too short: " + later.get(0));
        assertEquals(Duration.ofSeconds(15), pauses.get(pauses.size() - 1));
        assertTrue(pauses.size() > 200 && pauses.size() < 265, "polls: " + pauses.size());
        Duration late = fixture.time.passed().minus(Duration.ofHours(1));
        assertTrue(late.compareTo(Duration.ofSeconds(16)) < 0, "noticed after " + late);
    }

    @Test
    void longPollingWritesNoConsoleLinesOrCheckpoints() {
        BuddyFixture fixture = new BuddyFixture(kind);
        fixture.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        fixture.harness.run(BuddyFixture.run(), Duration.ofHours(2)).succeeded();
        assertEquals(3, fixture.harness.console().size(), fixture.harness::consoleText);
        assertTrue(
                fixture.harness.checkpoints().saveCount() <= 3,
                "pages: " + fixture.harness.checkpoints().saveCount());
    }

    @Test
    void endIsNoticedWithinAQuarterOfTheTimeWaited() {
        for (int millis : List.of(1000, 1101, 1320, 1600, 1999, 5000, 10_000, 33_000, 60_000, 240_000, 600_000)) {
            ScalewayFixture fixture = new ScalewayFixture(kind);
            Duration job = Duration.ofMillis(millis);
            fixture.scaleway.purgeTakes(job, "done");
            fixture.harness.run(ScalewayFixture.purge(1), Duration.ofHours(1)).succeeded();
            Duration late =
                    fixture.time.passed().minus(SimulatedTransport.LATENCY).minus(job);
            Duration most = Collections.min(List.of(job.dividedBy(4), Duration.ofSeconds(15)));
            assertTrue(late.compareTo(most) <= 0, "%s noticed after %s".formatted(job, late));
        }
    }

    @Test
    void pollIntervalIsATenthOfTheTimeWaitedWhenResponsesAreSlow() {
        Duration slow = Duration.ofSeconds(8);
        assertEquals(Duration.ofSeconds(2), PollBackoff.nextDelay(Duration.ofSeconds(20), slow, false));
        assertEquals(Duration.ofMillis(800), PollBackoff.nextDelay(slow, slow, false));
        assertEquals(Duration.ofMillis(7500), PollBackoff.nextDelay(Duration.ofHours(1), slow, false));
        assertEquals(Duration.ofSeconds(12), PollBackoff.nextDelay(Duration.ofHours(1), Duration.ofSeconds(3), false));
    }

    @Test
    void pollIntervalStartsAgainAfterEachSubmission() {
        FelderaFixture fixture = new FelderaFixture(kind);
        fixture.feldera.stoppingTakes(Duration.ofMinutes(5)).clearingTakes(Duration.ofMinutes(5));
        PreparedCase<?> prepared =
                new PreparedCase<>(fixture.harness, fixture.time, FelderaFixture.stopAndClear(), () -> 0);
        List<Duration> asked = RetriesTest.asked(prepared);
        prepared.run(Duration.ofMinutes(20)).succeeded();
        List<Duration> pauses = RetriesTest.pauses(asked, Duration.ZERO);
        long smallest = pauses.stream()
                .filter(pause -> pause.compareTo(THERE_AND_BACK) > 0)
                .filter(pause -> pause.compareTo(Duration.ofMillis(230)) < 0)
                .count();
        assertEquals(2, smallest, "one such pause after each submission: " + pauses);
    }

    @Test
    void lastPollIntervalEndsAtTheDeadline() {
        FelderaFixture fixture = new FelderaFixture(kind);
        fixture.feldera.clearingNeverEnds();
        ApiException problem = fixture.harness
                .run(FelderaFixture.clear(), Duration.ofSeconds(127))
                .failed(Kind.TIMED_OUT);
        assertEquals(Duration.ofSeconds(127), fixture.time.passed());
        assertEquals(
                "Feldera storage of pipeline orders was not over after 127 s (timeout). Last known: Feldera pipeline orders is Stopped, its storage Clearing.",
                problem.getMessage());
    }
}
