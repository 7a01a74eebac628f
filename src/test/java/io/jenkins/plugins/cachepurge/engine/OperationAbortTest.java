package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.operation.BuddyFixture;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyExecutionResult;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an execution comes to that nobody waits for any more. */
class OperationAbortTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    /** From the first: before the service sees the start, when it has acted, and so on through the polls. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void executionIsCancelledOnceWhereverItIsAborted(int at) {
        BuddyFixture fixture = new BuddyFixture(DriverKind.ASYNC);
        RecordingCallback<BuddyExecutionResult> callback = new RecordingCallback<>();
        AsyncDriver<BuddyExecutionResult> driver =
                fixture.harness.async(fixture.harness.session(BuddyFixture.runAndCancelOnAbort(), TIMEOUT), callback);
        int[] boundaries = {0};
        fixture.harness.transport().atEachBoundary(() -> {
            if (++boundaries[0] == at) {
                assertTrue(driver.abort());
            }
        });
        driver.start();
        fixture.time.runAll();
        assertTrue(callback.isEmpty());
        assertFalse(driver.abort(), "it is over");
        assertEquals(1, fixture.cancels());
        assertEquals("TERMINATED", fixture.status());
        assertTrue(
                fixture.harness
                        .consoleText()
                        .contains("Buddy execution 4 of pipeline 2 of acme/website was aborted. Last known: "),
                fixture.harness::consoleText);
        assertTrue(
                fixture.harness
                        .consoleText()
                        .endsWith("Asking Buddy to cancel execution 4 of pipeline 2 of acme/website"),
                fixture.harness::consoleText);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void nothingIsCancelledUnlessAskedFor(int at) {
        BuddyFixture fixture = new BuddyFixture(DriverKind.ASYNC);
        RecordingCallback<BuddyExecutionResult> callback = new RecordingCallback<>();
        AsyncDriver<BuddyExecutionResult> driver =
                fixture.harness.async(fixture.harness.session(BuddyFixture.run(), TIMEOUT), callback);
        int[] boundaries = {0};
        fixture.harness.transport().atEachBoundary(() -> {
            if (++boundaries[0] == at) {
                driver.abort();
            }
        });
        driver.start();
        fixture.time.runAll();
        assertTrue(callback.isEmpty());
        assertEquals(0, fixture.cancels());
        assertEquals((at + 1) / 2, fixture.harness.service().requests().size(), "no further requests");
    }

    @Test
    void nothingIsCancelledWhenNothingWasStarted() {
        BuddyFixture fixture = new BuddyFixture(DriverKind.ASYNC);
        fixture.harness.transport().unreachable(100);
        RecordingCallback<BuddyExecutionResult> callback = new RecordingCallback<>();
        AsyncDriver<BuddyExecutionResult> driver =
                fixture.harness.async(fixture.harness.session(BuddyFixture.runAndCancelOnAbort(), TIMEOUT), callback);
        driver.start();
        fixture.time.sleep(Duration.ofSeconds(20));
        fixture.harness.transport().unreachable(0);
        driver.abort();
        fixture.time.runAll();
        assertEquals(List.of(), fixture.harness.service().requests());
    }

    /** Neither a timer nor an exchange is left behind, however long it would have taken. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void abortGivesUpTimersAndExchanges(boolean stalled) {
        BuddyFixture fixture = new BuddyFixture(DriverKind.ASYNC);
        fixture.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        AsyncDriver<BuddyExecutionResult> driver =
                fixture.harness.async(fixture.harness.session(BuddyFixture.run(), TIMEOUT), new RecordingCallback<>());
        driver.start();
        fixture.time.sleep(Duration.ofMinutes(1));
        if (stalled) {
            fixture.harness.service().failEvery(request -> true, UsualFaults.stall());
        }
        fixture.time.sleep(Duration.ofSeconds(20));
        assertEquals(stalled ? 1 : 0, fixture.harness.transport().inFlightCount());
        driver.abort();
        fixture.time.runAll();
        assertEquals(Duration.ofSeconds(80), fixture.time.passed());
        assertEquals(0, fixture.harness.transport().inFlightCount());
    }

    @Test
    void nothingIsSentWhenAbortedBeforeTheStart() {
        BuddyFixture fixture = new BuddyFixture(DriverKind.ASYNC);
        RecordingCallback<BuddyExecutionResult> callback = new RecordingCallback<>();
        AsyncDriver<BuddyExecutionResult> driver =
                fixture.harness.async(fixture.harness.session(BuddyFixture.runAndCancelOnAbort(), TIMEOUT), callback);
        assertTrue(driver.abort());
        driver.start();
        fixture.time.runAll();
        assertTrue(callback.isEmpty());
        assertEquals(List.of(), fixture.harness.service().requests());
    }

    @Test
    void abortDoesNothingAfterTheEnd() {
        BuddyFixture fixture = new BuddyFixture(DriverKind.ASYNC);
        RecordingCallback<BuddyExecutionResult> callback = new RecordingCallback<>();
        AsyncDriver<BuddyExecutionResult> driver =
                fixture.harness.async(fixture.harness.session(BuddyFixture.runAndCancelOnAbort(), TIMEOUT), callback);
        driver.start();
        fixture.time.runAll();
        assertFalse(driver.abort());
        fixture.time.runAll();
        assertEquals("SUCCESSFUL", callback.single().succeeded().status());
        assertEquals(0, fixture.cancels());
    }

    @ParameterizedTest
    @EnumSource
    void executionIsCancelledAtTheDeadline(DriverKind kind) {
        BuddyFixture fixture = new BuddyFixture(kind);
        fixture.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        fixture.harness.run(BuddyFixture.runAndCancelOnAbort(), TIMEOUT).failed(Kind.TIMED_OUT);
        assertEquals(1, fixture.cancels());
        assertEquals("TERMINATED", fixture.status());
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsCancelledAtTheDeadlineUnlessAskedFor(DriverKind kind) {
        BuddyFixture fixture = new BuddyFixture(kind);
        fixture.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        fixture.harness.run(BuddyFixture.run(), TIMEOUT).failed(Kind.TIMED_OUT);
        assertEquals(0, fixture.cancels());
    }

    @ParameterizedTest
    @EnumSource
    void executionIsCancelledAtTheDeadlineWhenTheResponseToItsStartWasLost(DriverKind kind) {
        BuddyFixture fixture = new BuddyFixture(kind);
        fixture.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        fixture.harness.service().failNext(UsualFaults.actThenStall());
        fixture.harness
                .run(BuddyFixture.runAndCancelOnAbort(), Duration.ofSeconds(30))
                .failed(Kind.TIMED_OUT);
        assertEquals(1, fixture.cancels());
    }

    /** After a crash nobody remembers whether the start arrived: the execution may well run. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void executionIsCancelledAtTheDeadlineAfterARestart(int event) {
        for (DriverKind kind : DriverKind.values()) {
            BuddyFixture fixture = new BuddyFixture(kind);
            fixture.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
            PreparedCase<?> prepared = new PreparedCase<>(
                    fixture.harness, fixture.time, BuddyFixture.runAndCancelOnAbort(), fixture::starts);
            int[] events = {0};
            prepared.onEachEvent(() -> {
                if (++events[0] == event) {
                    throw new SimulatedCrash();
                }
            });
            assertThrows(SimulatedCrash.class, prepared::run);
            prepared.resume(Duration.ZERO).failed(Kind.TIMED_OUT);
            assertEquals(1, fixture.starts(), "starts, " + kind);
            assertEquals(1, fixture.cancels(), "cancels, " + kind);
        }
    }

    @ParameterizedTest
    @EnumSource
    void failedCancelRequestIsReportedAndChangesNothing(DriverKind kind) {
        BuddyFixture fixture = new BuddyFixture(kind);
        fixture.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        fixture.harness
                .service()
                .failEvery(request -> request.bodyText().contains("CANCEL"), UsualFaults.badGatewayHtml());
        fixture.harness.run(BuddyFixture.runAndCancelOnAbort(), TIMEOUT).failed(Kind.TIMED_OUT);
        assertTrue(
                fixture.harness
                        .consoleText()
                        .endsWith(
                                "Buddy was asked to cancel execution 4 of pipeline 2 of acme/website and answered HTTP 502. Try again later."),
                fixture.harness::consoleText);
    }

    @Test
    void executionIsCancelledWhenTheWaitIsInterrupted() {
        BuddyFixture fixture = new BuddyFixture(DriverKind.BLOCKING);
        BlockingDriver driver = fixture.harness.blocking(end -> {
            fixture.time.sleep(Duration.ofSeconds(5));
            throw new InterruptedException();
        });
        OperationSession<BuddyExecutionResult> session =
                fixture.harness.session(BuddyFixture.runAndCancelOnAbort(), TIMEOUT);
        fixture.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        assertThrows(InterruptedException.class, () -> driver.run(session));
        fixture.time.runAll();
        assertEquals(1, fixture.cancels());
    }

    @Test
    void executionIsCancelledWhenAnExchangeIsInterrupted() {
        BuddyFixture fixture = new BuddyFixture(DriverKind.BLOCKING);
        BlockingDriver driver = fixture.harness.blocking(end -> {
            fixture.time.runUntil(() -> fixture.harness.transport().inFlightCount() > 0);
            throw new InterruptedException();
        });
        OperationSession<BuddyExecutionResult> session =
                fixture.harness.session(BuddyFixture.runAndCancelOnAbort(), TIMEOUT);
        assertThrows(InterruptedException.class, () -> driver.run(session));
        fixture.time.runAll();
        assertEquals(1, fixture.cancels());
        assertEquals(0, fixture.starts());
    }
}
