package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.engine.PartsFixture.Part;
import io.jenkins.plugins.cachepurge.engine.PartsFixture.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock of the machine is set while Jenkins is down. */
class SessionClockTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final Duration ELAPSED = Duration.ofMinutes(2);
    private static final Instant STARTED = VirtualTime.START;

    private static Duration remaining(Instant now, CheckpointEntry... entries) {
        PartsFixture fixture = new PartsFixture(DriverKind.ASYNC);
        return OperationSession.resume(
                        fixture.operation(new Part.Polled("a")),
                        TIMEOUT,
                        STARTED,
                        List.of(entries),
                        () -> now,
                        new RetryPolicy(EngineHarness.NO_JITTER))
                .remaining();
    }

    private static CheckpointEntry progress(Duration elapsed) {
        return new CheckpointEntry.Progress(elapsed.toMillis(), 1);
    }

    @Test
    void timeThatIsLeftIsTheSameWhenTheClockIsRight() {
        assertEquals(Duration.ofMinutes(7), remaining(STARTED.plusSeconds(180), progress(ELAPSED)));
        assertEquals(Duration.ofMinutes(7), remaining(STARTED.plusSeconds(180)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 60, 3_600, 86_400 * 365})
    void noMoreTimeIsLeftThanBeforeWhenTheClockIsSetBack(long seconds) {
        Duration left = TIMEOUT.minus(ELAPSED);
        assertEquals(left, remaining(STARTED.plus(ELAPSED).minusSeconds(seconds), progress(ELAPSED)));
        assertEquals(TIMEOUT, remaining(STARTED.minusSeconds(seconds)), "nothing is known of it");
    }

    @ParameterizedTest
    @ValueSource(longs = {3_600, 86_400 * 365})
    void aMinuteIsLeftForWhatReadsWhenTheClockIsSetForward(long seconds) {
        assertEquals(Duration.ofMinutes(1), remaining(STARTED.plus(ELAPSED).plusSeconds(seconds), progress(ELAPSED)));
    }

    @Test
    void lastProgressCounts() {
        assertEquals(
                TIMEOUT.minus(ELAPSED.multipliedBy(2)),
                remaining(STARTED.minusSeconds(9), progress(ELAPSED), progress(ELAPSED.multipliedBy(2))));
    }

    /** An operation that was submitted is still read; nothing else is sent, however far the clock was set forward. */
    @Test
    void nothingActsWhenTheClockIsSetForwardBeyondTheDeadline() {
        PartsFixture fixture = new PartsFixture(DriverKind.ASYNC);
        Part.Group parts = PartsFixture.sequence(new Part.Polled("a"), new Part.Once("b"));
        PreparedCase<Result> prepared =
                new PreparedCase<>(fixture.harness, fixture.time, fixture.operation(parts), fixture.service::effects);
        PartsTest.crashAt(prepared, 5);
        assertThrows(SimulatedCrash.class, prepared::run);
        fixture.harness.restart();
        fixture.harness.transport().atEachBoundary(() -> {});
        fixture.harness.checkpoints().afterEachSave(() -> {});
        OperationSession<Result> session = OperationSession.resume(
                prepared.operation(),
                TIMEOUT,
                fixture.time.instant().minus(Duration.ofDays(30)),
                fixture.harness.checkpoints().load(),
                fixture.time,
                new RetryPolicy(EngineHarness.NO_JITTER));
        fixture.harness.run(session).failed(Kind.TIMED_OUT);
        assertEquals(1, fixture.service.effects("polled/a"));
        assertFalse(fixture.service.sent().contains("POST once/b"));
    }

    /** Within a process, setting the clock changes nothing: the engine's clock is monotonic. */
    @Test
    void operationEndsAtItsDeadlineWhenTheClockWasSetBackBeforeItWasResumed() {
        PartsFixture fixture = new PartsFixture(DriverKind.ASYNC);
        fixture.service.hang("polled/a");
        OperationSession<Result> session = OperationSession.resume(
                fixture.operation(new Part.Polled("a")),
                TIMEOUT,
                fixture.time.instant().plus(Duration.ofHours(5)),
                List.of(progress(ELAPSED)),
                fixture.time,
                new RetryPolicy(EngineHarness.NO_JITTER));
        fixture.harness.run(session).failed(Kind.TIMED_OUT);
        assertEquals(TIMEOUT.minus(ELAPSED), fixture.time.passed());
    }
}
