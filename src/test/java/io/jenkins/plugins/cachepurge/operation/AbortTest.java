package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.Exchanges;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.operation.buddy.ExecutionResult;
import io.jenkins.plugins.cachepurge.simulator.DemoData;
import io.jenkins.plugins.cachepurge.simulator.Faults;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an execution comes to that nobody waits for any more. */
class AbortTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    /** From the first: before the service sees the start, when it has acted, and so on through the polls. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void atEachBoundaryTheExecutionIsCancelledOnce(int at) {
        BuddyStage stage = new BuddyStage(DriverKind.ASYNC);
        Ear<ExecutionResult> ear = new Ear<>();
        AsyncDriver<ExecutionResult> driver =
                stage.bench.async(stage.bench.session(BuddyStage.runAndCancelOnAbort(), TIMEOUT), ear);
        int[] boundaries = {0};
        stage.bench.exchanges().atEachBoundary(() -> {
            if (++boundaries[0] == at) {
                assertTrue(driver.abort());
            }
        });
        driver.start();
        stage.time.runAll();
        assertTrue(ear.heardNothing());
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
        BuddyStage stage = new BuddyStage(DriverKind.ASYNC);
        Ear<ExecutionResult> ear = new Ear<>();
        AsyncDriver<ExecutionResult> driver = stage.bench.async(stage.bench.session(BuddyStage.run(), TIMEOUT), ear);
        int[] boundaries = {0};
        stage.bench.exchanges().atEachBoundary(() -> {
            if (++boundaries[0] == at) {
                driver.abort();
            }
        });
        driver.start();
        stage.time.runAll();
        assertTrue(ear.heardNothing());
        assertEquals(0, stage.cancels());
        assertEquals((at + 1) / 2, stage.bench.service().requests().size(), "no further requests");
    }

    @Test
    void whatWasNeverStartedIsNotCancelled() {
        BuddyStage stage = new BuddyStage(DriverKind.ASYNC);
        stage.bench.exchanges().unreachable(100);
        Ear<ExecutionResult> ear = new Ear<>();
        AsyncDriver<ExecutionResult> driver =
                stage.bench.async(stage.bench.session(BuddyStage.runAndCancelOnAbort(), TIMEOUT), ear);
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
        BuddyStage stage = new BuddyStage(DriverKind.ASYNC);
        stage.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        AsyncDriver<ExecutionResult> driver =
                stage.bench.async(stage.bench.session(BuddyStage.run(), TIMEOUT), new Ear<>());
        driver.start();
        stage.time.sleep(Duration.ofMinutes(1));
        if (stalled) {
            stage.bench.service().failEvery(request -> true, Faults.stall());
        }
        stage.time.sleep(Duration.ofSeconds(20));
        assertEquals(stalled ? 1 : 0, stage.bench.exchanges().outstanding());
        driver.abort();
        stage.time.runAll();
        assertEquals(Duration.ofSeconds(80), stage.time.passed());
        assertEquals(0, stage.bench.exchanges().outstanding());
    }

    @Test
    void beforeTheStartNothingIsSent() {
        BuddyStage stage = new BuddyStage(DriverKind.ASYNC);
        Ear<ExecutionResult> ear = new Ear<>();
        AsyncDriver<ExecutionResult> driver =
                stage.bench.async(stage.bench.session(BuddyStage.runAndCancelOnAbort(), TIMEOUT), ear);
        assertTrue(driver.abort());
        driver.start();
        stage.time.runAll();
        assertTrue(ear.heardNothing());
        assertEquals(List.of(), stage.bench.service().requests());
    }

    @Test
    void afterTheEndItIsTooLate() {
        BuddyStage stage = new BuddyStage(DriverKind.ASYNC);
        Ear<ExecutionResult> ear = new Ear<>();
        AsyncDriver<ExecutionResult> driver =
                stage.bench.async(stage.bench.session(BuddyStage.runAndCancelOnAbort(), TIMEOUT), ear);
        driver.start();
        stage.time.runAll();
        assertFalse(driver.abort());
        stage.time.runAll();
        assertEquals("SUCCESSFUL", ear.only().succeeded().status());
        assertEquals(0, stage.cancels());
    }

    @ParameterizedTest
    @EnumSource
    void atTheDeadlineTheExecutionIsCancelled(DriverKind kind) {
        BuddyStage stage = new BuddyStage(kind);
        stage.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        stage.bench.run(BuddyStage.runAndCancelOnAbort(), TIMEOUT).failed(Kind.TIMED_OUT);
        assertEquals(1, stage.cancels());
        assertEquals("TERMINATED", stage.status());
    }

    @ParameterizedTest
    @EnumSource
    void atTheDeadlineNothingIsCancelledWhereThatIsNotWanted(DriverKind kind) {
        BuddyStage stage = new BuddyStage(kind);
        stage.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        stage.bench.run(BuddyStage.run(), TIMEOUT).failed(Kind.TIMED_OUT);
        assertEquals(0, stage.cancels());
    }

    @ParameterizedTest
    @EnumSource
    void aStartWhoseAnswerNeverCameIsCancelledAtTheDeadline(DriverKind kind) {
        BuddyStage stage = new BuddyStage(kind);
        stage.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        stage.bench.service().failNext(Faults.actThenStall());
        stage.bench
                .run(BuddyStage.runAndCancelOnAbort(), Duration.ofSeconds(30))
                .failed(Kind.TIMED_OUT);
        assertEquals(1, stage.cancels());
    }

    /** After a crash nobody remembers whether the start arrived: the execution may well run. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void afterARestartTheExecutionIsStillCancelledAtTheDeadline(int event) {
        for (DriverKind kind : DriverKind.values()) {
            BuddyStage stage = new BuddyStage(kind);
            stage.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
            Play<?> play = new Play<>(stage.bench, stage.time, BuddyStage.runAndCancelOnAbort(), stage::starts);
            int[] events = {0};
            play.atEachEvent(() -> {
                if (++events[0] == event) {
                    throw new Crash();
                }
            });
            assertThrows(Crash.class, play::run);
            play.resume(Duration.ZERO).failed(Kind.TIMED_OUT);
            assertEquals(1, stage.starts(), "starts, " + kind);
            assertEquals(1, stage.cancels(), "cancels, " + kind);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailedFarewellIsToldAndChangesNothing(DriverKind kind) {
        BuddyStage stage = new BuddyStage(kind);
        stage.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        stage.bench.service().failEvery(request -> request.bodyText().contains("CANCEL"), Faults.badGatewayHtml());
        stage.bench.run(BuddyStage.runAndCancelOnAbort(), TIMEOUT).failed(Kind.TIMED_OUT);
        assertTrue(
                stage.bench
                        .consoleText()
                        .endsWith(
                                "Buddy was asked to cancel execution 4 of pipeline 2 of acme/website and answered HTTP 502. Try again later."),
                stage.bench::consoleText);
    }

    @Test
    void anInterruptedWaitCancelsTheExecution() {
        BuddyStage stage = new BuddyStage(DriverKind.BLOCKING);
        BlockingDriver driver = stage.bench.blocking(moment -> {
            throw new InterruptedException();
        });
        OperationSession<ExecutionResult> session = stage.bench.session(BuddyStage.runAndCancelOnAbort(), TIMEOUT);
        assertThrows(InterruptedException.class, () -> driver.run(session));
        assertEquals(1, stage.cancels());
    }

    @Test
    void anInterruptedExchangeIsGivenUpAndTheExecutionCancelled() {
        BuddyStage stage = new BuddyStage(DriverKind.BLOCKING);
        SimulatedExchanges exchanges = new SimulatedExchanges(stage.time, stage.bench.service(), false);
        Authentication authentication = Authentication.bearer(DemoData.STANDARD.buddyToken());
        BlockingDriver driver = new BlockingDriver(exchanges, () -> authentication, stage.time, line -> {});
        OperationSession<ExecutionResult> session = stage.bench.session(BuddyStage.runAndCancelOnAbort(), TIMEOUT);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> driver.run(session));
        assertEquals(1, exchanges.outstanding(), "the start was given up, the farewell is under way");
        stage.time.runAll();
        assertEquals(1, stage.cancels());
        assertEquals(0, stage.starts());
    }

    /** An exchange may wait for a free connection longer than its own limit counts. */
    @Test
    void theDeadlineHoldsForAnExchangeThatNeverEnds() {
        BuddyStage stage = new BuddyStage(DriverKind.BLOCKING);
        boolean[] cancelled = {false};
        BlockingDriver driver = new BlockingDriver(
                new Exchanges() {
                    @Override
                    public <T> UnderWay send(
                            ApiCall<T> call,
                            Authentication authentication,
                            Duration atMost,
                            Consumer<Outcome<T>> receiver) {
                        stage.time.sleep(atMost);
                        return () -> cancelled[0] = true;
                    }
                },
                () -> Authentication.NONE,
                stage.time,
                line -> {});
        OperationSession<ExecutionResult> session = stage.bench.session(BuddyStage.run(), Duration.ofMillis(50));
        ApiException problem =
                assertThrows(io.jenkins.plugins.cachepurge.client.http.ApiException.class, () -> driver.run(session));
        assertEquals(Kind.TIMED_OUT, problem.kind());
        assertTrue(cancelled[0]);
    }
}
