package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.simulator.Faults;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the person at the console reads of a restart, and how much time is left after it. */
@ParameterizedClass
@EnumSource(DriverKind.class)
class ResumedSessionTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    @Parameter
    private DriverKind kind;

    /** @param event the first is the note before the start is sent, the third that Buddy has started it */
    private Play<?> crashed(int event) {
        BuddyStage stage = new BuddyStage(kind);
        stage.buddy.executionEndsAfter(Duration.ofHours(9), "SUCCESSFUL");
        Play<?> play = new Play<>(stage.bench, stage.time, BuddyStage.run(), stage::starts);
        int[] events = {0};
        play.atEachEvent(() -> {
            if (++events[0] == event) {
                throw new Crash();
            }
        });
        assertThrows(Crash.class, play::run);
        return play;
    }

    @Test
    void theDeadlineStaysWhereItWas() {
        Play<?> play = crashed(5);
        play.resume(Duration.ofMinutes(3)).failed(Kind.TIMED_OUT);
        assertEquals(TIMEOUT, play.time().passed());
    }

    @Test
    void afterALongRestartAMinuteIsLeft() {
        Play<?> play = crashed(5);
        Duration before = play.time().passed();
        play.resume(Duration.ofHours(2)).failed(Kind.TIMED_OUT);
        assertEquals(before.plusHours(2).plusSeconds(60), play.time().passed());
    }

    @Test
    void asksWhatBecameOfARequestWithoutAnAnswer() {
        Play<?> play = crashed(3);
        play.resume(Duration.ZERO);
        assertTrue(
                play.bench()
                        .consoleText()
                        .contains(
                                "Buddy execution 4 of pipeline 2 of acme/website: Jenkins was restarted before the answer came, asking what became of the request"),
                play.bench()::consoleText);
        assertEquals("GET", play.bench().service().requests().get(1).method());
    }

    @Test
    void goesOnWhereNothingWasLost() {
        Play<?> play = crashed(5);
        play.resume(Duration.ZERO);
        assertTrue(
                play.bench()
                        .consoleText()
                        .contains(
                                "Buddy execution 4 of pipeline 2 of acme/website: going on after a restart of Jenkins"),
                play.bench()::consoleText);
        assertEquals(1, play.bench().service().requests("PATCH").size());
    }

    @Test
    void saysAtTheDeadlineWhatIsKnownAndTheTimeoutThatWasSet() {
        Play<?> play = crashed(5);
        play.bench().service().failEvery(request -> true, Faults.stall());
        ApiException problem = play.resume(Duration.ofHours(2)).failed(Kind.TIMED_OUT);
        assertTrue(problem.getMessage().contains("no whole answer came"), problem.getMessage());
        assertTrue(problem.getMessage().contains("was not over after 600 s (timeout)"), problem.getMessage());
    }
}
