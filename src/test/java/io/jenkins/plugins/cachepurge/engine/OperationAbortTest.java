package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyExecutionResult;
import io.jenkins.plugins.cachepurge.simulator.DemoData;
import io.jenkins.plugins.cachepurge.simulator.Faults;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.jenkins.plugins.cachepurge.operation.BuddyFixture;

/** What an execution comes to that nobody waits for any more. */
class OperationAbortTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    /** From the first: before the service sees the start, when it has acted, and so on through the polls. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void atEachBoundaryTheExecutionIsCancelledOnce(int at) {
        BuddyFixture stage = new BuddyFixture(DriverKind.ASYNC);
        RecordingCallback<BuddyExecutionResult> ear = new RecordingCallback<>();
        AsyncDriver<BuddyExecutionResult> driver =
                stage.bench.async(stage.bench.session(BuddyFixture.runAndCancelOnAbort(), TIMEOUT), ear);
        int[] boundaries = {0};
        stage.bench.exchanges().atEachBoundary(() -> {
            if (++boundaries[0] == at) {
                assertTrue(driver.abort());
            }
        });
        driver.start();
        stage.time.runAll();
        assertTrue(ear.isEmpty());
        assertFalse(driver.abort(), "it is over");
        assertEquals(1, stage.cancels());
        assertEquals("TERMINATED", stage.status());
        assertTrue(
                stage.bench.consoleText().endsWith("Asking Buddy to cancel execution 4 of pipeline 2 of acme/website"),
                stage.bench::consoleText);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void nothingIsCancelledWhereThatIsNotWanted(int at) {
        BuddyFixture stage = new BuddyFixture(DriverKind.ASYNC);
        RecordingCallback<BuddyExecutionResult> ear = new RecordingCallback<>();
        AsyncDriver<BuddyExecutionResult> driver = stage.bench.async(stage.bench.session(BuddyFixture.run(), TIMEOUT), ear);
        int[] boundaries = {0};
        stage.bench.exchanges().atEachBoundary(() -> {
            if (++boundaries[0] == at) {
                driver.abort();
            }
        });
        driver.start();
        stage.time.runAll();
        assertTrue(ear.isEmpty());
        assertEquals(0, stage.cancels());
        assertEquals((at + 1) / 2, stage.bench.service().requests().size(), "no further requests");
    }

    @Test
    void whatWasNeverStartedIsNotCancelled() {
        BuddyFixture stage = new BuddyFixture(DriverKind.ASYNC);
        stage.bench.exchanges().unreachable(100);
        RecordingCallback<BuddyExecutionResult> ear = new RecordingCallback<>();
        AsyncDriver<BuddyExecutionResult> driver =
                stage.bench.async(stage.bench.session(BuddyFixture.runAndCancelOnAbort(), TIMEOUT), ear);
        driver.start();
        stage.time.sleep(Duration.ofSeconds(20));
        stage.bench.exchanges().unreachable(0);
        driver.abort();
        stage.time.runAll();
        assertEquals(List.of(), stage.bench.service().requests());
    }

    /** Neither a timer nor an exchange is left behind, however long it would have taken. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsOutstandingIsGivenUp(boolean stalled) {
        BuddyFixture stage = new BuddyFixture(DriverKind.ASYNC);
        stage.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        AsyncDriver<BuddyExecutionResult> driver =
                stage.bench.async(stage.bench.session(BuddyFixture.run(), TIMEOUT), new RecordingCallback<>());
        driver.start();
        stage.time.sleep(Duration.ofMinutes(1));
        if (stalled) {
            stage.bench.service().failEvery(request -> true, Faults.stall());
        }
        stage.time.sleep(Duration.ofSeconds(20));
        assertEquals(stalled ? 1 : 0, stage.bench.exchanges().inFlightCount());
        driver.abort();
        stage.time.runAll();
        assertEquals(Duration.ofSeconds(80), stage.time.passed());
        assertEquals(0, stage.bench.exchanges().inFlightCount());
    }

    @Test
    void beforeTheStartNothingIsSent() {
        BuddyFixture stage = new BuddyFixture(DriverKind.ASYNC);
        RecordingCallback<BuddyExecutionResult> ear = new RecordingCallback<>();
        AsyncDriver<BuddyExecutionResult> driver =
                stage.bench.async(stage.bench.session(BuddyFixture.runAndCancelOnAbort(), TIMEOUT), ear);
        assertTrue(driver.abort());
        driver.start();
        stage.time.runAll();
        assertTrue(ear.isEmpty());
        assertEquals(List.of(), stage.bench.service().requests());
    }

    @Test
    void afterTheEndItIsTooLate() {
        BuddyFixture stage = new BuddyFixture(DriverKind.ASYNC);
        RecordingCallback<BuddyExecutionResult> ear = new RecordingCallback<>();
        AsyncDriver<BuddyExecutionResult> driver =
                stage.bench.async(stage.bench.session(BuddyFixture.runAndCancelOnAbort(), TIMEOUT), ear);
        driver.start();
        stage.time.runAll();
        assertFalse(driver.abort());
        stage.time.runAll();
        assertEquals("SUCCESSFUL", ear.single().succeeded().status());
        assertEquals(0, stage.cancels());
    }

    @ParameterizedTest
    @EnumSource
    void atTheDeadlineTheExecutionIsCancelled(DriverKind kind) {
        BuddyFixture stage = new BuddyFixture(kind);
        stage.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        stage.bench.run(BuddyFixture.runAndCancelOnAbort(), TIMEOUT).failed(Kind.TIMED_OUT);
        assertEquals(1, stage.cancels());
        assertEquals("TERMINATED", stage.status());
    }

    @ParameterizedTest
    @EnumSource
    void atTheDeadlineNothingIsCancelledWhereThatIsNotWanted(DriverKind kind) {
        BuddyFixture stage = new BuddyFixture(kind);
        stage.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        stage.bench.run(BuddyFixture.run(), TIMEOUT).failed(Kind.TIMED_OUT);
        assertEquals(0, stage.cancels());
    }

    @ParameterizedTest
    @EnumSource
    void aStartWhoseAnswerNeverCameIsCancelledAtTheDeadline(DriverKind kind) {
        BuddyFixture stage = new BuddyFixture(kind);
        stage.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        stage.bench.service().failNext(Faults.actThenStall());
        stage.bench
                .run(BuddyFixture.runAndCancelOnAbort(), Duration.ofSeconds(30))
                .failed(Kind.TIMED_OUT);
        assertEquals(1, stage.cancels());
    }

    /** After a crash nobody remembers whether the start arrived: the execution may well run. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void afterARestartTheExecutionIsStillCancelledAtTheDeadline(int event) {
        for (DriverKind kind : DriverKind.values()) {
            BuddyFixture stage = new BuddyFixture(kind);
            stage.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
            PreparedCase<?> play = new PreparedCase<>(stage.bench, stage.time, BuddyFixture.runAndCancelOnAbort(), stage::starts);
            int[] events = {0};
            play.onEachEvent(() -> {
                if (++events[0] == event) {
                    throw new SimulatedCrash();
                }
            });
            assertThrows(SimulatedCrash.class, play::run);
            play.resume(Duration.ZERO).failed(Kind.TIMED_OUT);
            assertEquals(1, stage.starts(), "starts, " + kind);
            assertEquals(1, stage.cancels(), "cancels, " + kind);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailedFarewellIsToldAndChangesNothing(DriverKind kind) {
        BuddyFixture stage = new BuddyFixture(kind);
        stage.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        stage.bench.service().failEvery(request -> request.bodyText().contains("CANCEL"), Faults.badGatewayHtml());
        stage.bench.run(BuddyFixture.runAndCancelOnAbort(), TIMEOUT).failed(Kind.TIMED_OUT);
        assertTrue(
                stage.bench
                        .consoleText()
                        .endsWith(
                                "Buddy was asked to cancel execution 4 of pipeline 2 of acme/website and answered HTTP 502. Try again later."),
                stage.bench::consoleText);
    }

    @Test
    void anInterruptedWaitCancelsTheExecution() {
        BuddyFixture stage = new BuddyFixture(DriverKind.BLOCKING);
        BlockingDriver driver = stage.bench.blocking(moment -> {
            throw new InterruptedException();
        });
        OperationSession<BuddyExecutionResult> session = stage.bench.session(BuddyFixture.runAndCancelOnAbort(), TIMEOUT);
        assertThrows(InterruptedException.class, () -> driver.run(session));
        assertEquals(1, stage.cancels());
    }

    @Test
    void anInterruptedExchangeIsGivenUpAndTheExecutionCancelled() {
        BuddyFixture stage = new BuddyFixture(DriverKind.BLOCKING);
        SimulatedTransport exchanges = new SimulatedTransport(stage.time, stage.bench.service(), false);
        Signer authentication = Signer.bearer(DemoData.STANDARD.buddyToken());
        BlockingDriver driver = new BlockingDriver(exchanges, () -> authentication, stage.time, line -> {});
        OperationSession<BuddyExecutionResult> session = stage.bench.session(BuddyFixture.runAndCancelOnAbort(), TIMEOUT);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> driver.run(session));
        assertEquals(1, exchanges.inFlightCount(), "the start was given up, the farewell is under way");
        stage.time.runAll();
        assertEquals(1, stage.cancels());
        assertEquals(0, stage.starts());
    }

    /** An exchange may wait for a free connection longer than its own limit counts. */
    @Test
    void theDeadlineHoldsForAnExchangeThatNeverEnds() {
        BuddyFixture stage = new BuddyFixture(DriverKind.BLOCKING);
        boolean[] cancelled = {false};
        BlockingDriver driver = new BlockingDriver(
                new ApiTransport() {
                    @Override
                    public <T> UnderWay send(
                            ApiCall<T> call,
                            Signer authentication,
                            Duration atMost,
                            Consumer<Outcome<T>> receiver) {
                        stage.time.sleep(atMost);
                        return () -> cancelled[0] = true;
                    }
                },
                () -> Signer.NONE,
                stage.time,
                line -> {});
        OperationSession<BuddyExecutionResult> session = stage.bench.session(BuddyFixture.run(), Duration.ofMillis(50));
        ApiException problem =
                assertThrows(io.jenkins.plugins.cachepurge.client.http.ApiException.class, () -> driver.run(session));
        assertEquals(Kind.TIMED_OUT, problem.kind());
        assertTrue(cancelled[0]);
    }
}
