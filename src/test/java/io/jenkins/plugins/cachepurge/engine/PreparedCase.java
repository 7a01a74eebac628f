package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * An operation, and all that is needed to run it.
 *
 * @param effects how often the service has done something for it so far
 */
public record PreparedCase<R extends OperationResult>(EngineHarness bench, VirtualTime time, Operation<R> operation, IntSupplier effects) {

    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    public OperationOutcome<R> run() {
        return bench.run(operation, TIMEOUT);
    }

    public OperationOutcome<R> run(Duration timeout) {
        return bench.run(operation, timeout);
    }

    /** Goes on after a crash from what was written down. */
    public OperationOutcome<R> resume(Duration downtime) {
        return resume(downtime, () -> {});
    }

    /** @param meanwhile done before it goes on */
    public OperationOutcome<R> resume(Duration downtime, Runnable meanwhile) {
        bench.exchanges().dropInFlight();
        bench.notebook().afterEachSave(() -> {});
        time.dropTasks();
        time.sleep(downtime);
        meanwhile.run();
        return bench.run(bench.resumed(operation, TIMEOUT));
    }

    /** Does something whenever the outside world could notice: around each exchange, and when a page was written. */
    public void onEachEvent(Runnable what) {
        bench.exchanges().atEachBoundary(what);
        bench.notebook().afterEachSave(what);
    }
}
