package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * An operation, and all that is needed to run it.
 *
 * @param effects how often the service has done something for it so far
 */
public record PreparedCase<R extends OperationResult>(
        EngineHarness harness, VirtualTime time, Operation<?, R> operation, IntSupplier effects) {

    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    /** Whether its first exchange only reads. */
    public boolean startsByReading() {
        return startsByReading(operation);
    }

    private static <S, R> boolean startsByReading(Operation<S, R> operation) {
        return operation.first().next(operation.spec()) instanceof Next.Exchange<?, S, R> exchange
                && exchange.call().request().readOnly();
    }

    public OperationOutcome<R> run() {
        return harness.run(operation, TIMEOUT);
    }

    public OperationOutcome<R> run(Duration timeout) {
        return harness.run(operation, timeout);
    }

    /** Goes on after a crash from what was written down. */
    public OperationOutcome<R> resume(Duration downtime) {
        return resume(downtime, () -> {});
    }

    /** @param meanwhile done before it goes on */
    public OperationOutcome<R> resume(Duration downtime, Runnable meanwhile) {
        harness.transport().atEachBoundary(() -> {});
        harness.checkpoints().afterEachSave(() -> {});
        harness.restart();
        time.sleep(downtime);
        meanwhile.run();
        return harness.run(harness.resumed(operation, TIMEOUT));
    }

    /** Runs an action whenever the outside world could notice: around each exchange, and after each save. */
    public void onEachEvent(Runnable action) {
        Runnable crashing = () -> {
            try {
                action.run();
            } catch (SimulatedCrash e) {
                harness.crash();
                throw e;
            }
        };
        harness.transport().atEachBoundary(crashing);
        harness.checkpoints().afterEachSave(crashing);
    }
}
