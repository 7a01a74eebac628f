package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
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

    private static final Duration THERE_AND_BACK = SimulatedExchanges.TRAVEL.multipliedBy(2);

    @Parameter
    private DriverKind kind;

    @Test
    void thePauseGrowsToFifteenSecondsOnceTheFirstSecondIsOver() {
        BuddyStage stage = new BuddyStage(kind);
        stage.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        Play<?> play = new Play<>(stage.bench, stage.time, BuddyStage.run(), stage::starts);
        List<Duration> asked = RetriesTest.asked(play);
        play.run(Duration.ofHours(2)).succeeded();
        List<Duration> pauses = RetriesTest.pauses(asked, THERE_AND_BACK);
        assertEquals(Duration.ofSeconds(1), pauses.get(0));
        List<Duration> later = pauses.subList(1, pauses.size());
        assertEquals(later.stream().sorted().toList(), later, "never shorter than before");
        assertTrue(later.get(0).compareTo(Duration.ofMillis(200)) >= 0, "too short: " + later.get(0));
        assertEquals(Duration.ofSeconds(15), pauses.get(pauses.size() - 1));
        assertTrue(pauses.size() > 200 && pauses.size() < 260, "polls: " + pauses.size());
        Duration late = stage.time.passed().minus(Duration.ofHours(1));
        assertTrue(late.compareTo(Duration.ofSeconds(16)) < 0, "noticed after " + late);
    }

    @Test
    void anHourOfPollingIsNoHourOfTalkAndOfWriting() {
        BuddyStage stage = new BuddyStage(kind);
        stage.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        stage.bench.run(BuddyStage.run(), Duration.ofHours(2)).succeeded();
        assertEquals(3, stage.bench.console().size(), stage.bench::consoleText);
        assertTrue(
                stage.bench.notebook().pages() <= 3,
                "pages: " + stage.bench.notebook().pages());
    }

    @Test
    void theEndIsNoticedSoonWhetherItComesAfterASecondOrAfterMinutes() {
        for (int seconds : List.of(1, 2, 5, 10, 33, 60, 240, 600)) {
            ScalewayStage stage = new ScalewayStage(kind);
            Duration job = Duration.ofSeconds(seconds);
            stage.scaleway.purgeTakes(job, "done");
            stage.bench.run(ScalewayStage.purge(1), Duration.ofHours(1)).succeeded();
            Duration late = stage.time.passed().minus(job).minus(THERE_AND_BACK);
            Duration most = Collections.min(List.of(job.dividedBy(4), Duration.ofSeconds(15)));
            assertTrue(late.compareTo(most) <= 0, "%s noticed after %s".formatted(job, late));
        }
    }

    @Test
    void thePauseBeginsSmallAgainAfterEachSubmission() {
        FelderaStage stage = new FelderaStage(kind);
        stage.feldera.stoppingTakes(Duration.ofMinutes(5)).clearingTakes(Duration.ofMinutes(5));
        Play<?> play = new Play<>(stage.bench, stage.time, FelderaStage.stopAndClear(), () -> 0);
        List<Duration> asked = RetriesTest.asked(play);
        play.run(Duration.ofMinutes(20)).succeeded();
        List<Duration> pauses = RetriesTest.pauses(asked, THERE_AND_BACK);
        long smallest = pauses.stream()
                .filter(pause -> !pause.isZero())
                .filter(pause -> pause.compareTo(Duration.ofMillis(250)) < 0)
                .count();
        assertEquals(2, smallest, "one such pause after each submission: " + pauses);
    }

    @Test
    void theLastPauseEndsAtTheDeadline() {
        FelderaStage stage = new FelderaStage(kind);
        stage.feldera.clearingNeverEnds();
        ApiException problem =
                stage.bench.run(FelderaStage.clear(), Duration.ofSeconds(127)).failed(Kind.TIMED_OUT);
        assertEquals(Duration.ofSeconds(127), stage.time.passed());
        assertEquals(
                "Feldera storage of pipeline orders was not over after 127 s (timeout). Last known: Feldera pipeline orders is Stopped, its storage Clearing.",
                problem.getMessage());
    }
}
