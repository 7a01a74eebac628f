package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import java.time.Duration;
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
    void thePauseGrowsFromOneSecondToFifteen() {
        BuddyStage stage = new BuddyStage(kind);
        stage.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        Play<?> play = new Play<>(stage.bench, stage.time, BuddyStage.run(), stage::starts);
        List<Duration> asked = RetriesTest.asked(play);
        play.run(Duration.ofHours(2)).succeeded();
        List<Duration> pauses = RetriesTest.pauses(asked, THERE_AND_BACK);
        assertEquals(Duration.ofSeconds(1), pauses.get(0));
        assertEquals(pauses.stream().sorted().toList(), pauses, "never shorter than before");
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
    void aShortWaitIsNoticedSoon() {
        Play<?> play = Scene.PURGE_ALL_OF_SCALEWAY.play(kind);
        play.run().succeeded();
        assertTrue(
                play.time().passed().compareTo(Duration.ofSeconds(7)) < 0,
                "5 s took " + play.time().passed());
    }

    @Test
    void thePauseBeginsSmallAgainAfterEachSubmission() {
        FelderaStage stage = new FelderaStage(kind);
        stage.feldera.stoppingTakes(Duration.ofMinutes(5)).clearingTakes(Duration.ofMinutes(5));
        Play<?> play = new Play<>(stage.bench, stage.time, FelderaStage.stopAndClear(), () -> 0);
        List<Duration> asked = RetriesTest.asked(play);
        play.run(Duration.ofMinutes(20)).succeeded();
        List<Duration> pauses = RetriesTest.pauses(asked, THERE_AND_BACK);
        long ofOneSecond = pauses.stream().filter(Duration.ofSeconds(1)::equals).count();
        assertEquals(2 * 4, ofOneSecond, "pauses of one second, four after each submission: " + pauses);
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
