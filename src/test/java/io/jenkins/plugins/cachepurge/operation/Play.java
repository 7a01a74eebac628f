package io.jenkins.plugins.cachepurge.operation;

import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * An operation, and all that is needed to run it.
 *
 * @param effects how often the service has done something for it so far
 */
record Play<R extends OperationResult>(Bench bench, VirtualTime time, Operation<R> operation, IntSupplier effects) {

    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    Ending<R> run() {
        return bench.run(operation, TIMEOUT);
    }

    Ending<R> run(Duration timeout) {
        return bench.run(operation, timeout);
    }

    /** Goes on after a crash from what was written down. */
    Ending<R> resume(Duration downtime) {
        return resume(downtime, () -> {});
    }

    /** @param meanwhile done before it goes on */
    Ending<R> resume(Duration downtime, Runnable meanwhile) {
        bench.exchanges().forgetAll();
        bench.notebook().afterEachPage(() -> {});
        time.forgetAll();
        time.sleep(downtime);
        meanwhile.run();
        return bench.run(bench.resumed(operation, TIMEOUT));
    }

    /** Does something whenever the outside world could notice: around each exchange, and when a page was written. */
    void atEachEvent(Runnable what) {
        bench.exchanges().atEachBoundary(what);
        bench.notebook().afterEachPage(what);
    }
}
