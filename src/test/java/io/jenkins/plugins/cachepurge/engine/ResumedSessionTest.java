package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.operation.BuddyFixture;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
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
    private PreparedCase<?> crashed(int event) {
        BuddyFixture fixture = new BuddyFixture(kind);
        fixture.buddy.executionEndsAfter(Duration.ofHours(9), "SUCCESSFUL");
        PreparedCase<?> prepared =
                new PreparedCase<>(fixture.harness, fixture.time, BuddyFixture.run(), fixture::starts);
        int[] events = {0};
        prepared.onEachEvent(() -> {
            if (++events[0] == event) {
                throw new SimulatedCrash();
            }
        });
        assertThrows(SimulatedCrash.class, prepared::run);
        return prepared;
    }

    @Test
    void deadlineIsTheSameAfterARestart() {
        PreparedCase<?> prepared = crashed(5);
        prepared.resume(Duration.ofMinutes(3)).failed(Kind.TIMED_OUT);
        assertEquals(TIMEOUT, prepared.time().passed());
    }

    @Test
    void aMinuteIsLeftAfterALongRestart() {
        PreparedCase<?> prepared = crashed(5);
        Duration before = prepared.time().passed();
        prepared.resume(Duration.ofHours(2)).failed(Kind.TIMED_OUT);
        assertEquals(before.plusHours(2).plusSeconds(60), prepared.time().passed());
    }

    @Test
    void requestWithoutAResponseIsLookedUp() {
        PreparedCase<?> prepared = crashed(3);
        prepared.resume(Duration.ZERO);
        assertTrue(
                prepared.harness()
                        .consoleText()
                        .contains(
                                "Buddy execution 4 of pipeline 2 of acme/website: Jenkins was restarted before the response came, asking what became of the request"),
                prepared.harness()::consoleText);
        assertEquals("GET", prepared.harness().service().requests().get(1).method());
    }

    @Test
    void operationGoesOnWhenNoResponseWasLost() {
        PreparedCase<?> prepared = crashed(5);
        prepared.resume(Duration.ZERO);
        assertTrue(
                prepared.harness()
                        .consoleText()
                        .contains(
                                "Buddy execution 4 of pipeline 2 of acme/website: going on after a restart of Jenkins"),
                prepared.harness()::consoleText);
        assertEquals(1, prepared.harness().service().requests("PATCH").size());
    }

    @Test
    void timeoutNamesTheLastStatusAndTheConfiguredTimeout() {
        PreparedCase<?> prepared = crashed(5);
        prepared.harness().service().failEvery(request -> true, UsualFaults.stall());
        ApiException problem = prepared.resume(Duration.ofHours(2)).failed(Kind.TIMED_OUT);
        assertTrue(problem.getMessage().contains("is INPROGRESS"), problem.getMessage());
        assertTrue(problem.getMessage().contains("was not over after 600 s (timeout)"), problem.getMessage());
    }
}
