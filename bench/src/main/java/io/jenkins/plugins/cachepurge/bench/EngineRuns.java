package io.jenkins.plugins.cachepurge.bench;

import com.sun.management.OperatingSystemMXBean;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.OkHttpTransport;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.AsyncDriver;
import io.jenkins.plugins.cachepurge.engine.ProgressListener;
import io.jenkins.plugins.cachepurge.engine.StandaloneEngine;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** Runs purges with the engine and measures what that costs this process. */
final class EngineRuns implements AutoCloseable {

    private final OkHttpClient http = HttpLimits.applyTo(
                    new OkHttpClient.Builder().dispatcher(HttpLimits.applyTo(new Dispatcher())))
            .build();
    private final EarlyRequestCounter transport =
            new EarlyRequestCounter(new OkHttpTransport(http, "cache-purge/bench", InstantSource.system()));
    private final StandaloneEngine engine = new StandaloneEngine(transport);
    private final Signer signer;

    EngineRuns(Signer signer) {
        this.signer = signer;
    }

    /**
     * Cost of one run.
     *
     * @param threads at the peak, more than before
     * @param lines on the console
     * @param savedBytes of checkpoints
     * @param problems what operations failed with
     */
    record Cost(
            double seconds, double cpuSeconds, int threads, int lines, long savedBytes, List<String> problems) {

        /** The same if nothing failed. */
        Cost orFail() {
            if (!problems.isEmpty()) {
                throw new IllegalStateException(problems.get(0));
            }
            return this;
        }
    }

    /** Runs one operation. */
    Cost run(Operation<?, ? extends OperationResult> operation, Duration timeout) throws InterruptedException {
        return run(1, operation, timeout);
    }

    /** Runs equal operations at the same time, as the branches of one build. */
    <R extends OperationResult> Cost run(int times, Operation<?, R> operation, Duration timeout)
            throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(times);
        AtomicInteger lines = new AtomicInteger();
        SizeCountingStore checkpoints = new SizeCountingStore();
        List<String> problems = Collections.synchronizedList(new ArrayList<>());
        int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
        ManagementFactory.getThreadMXBean().resetPeakThreadCount();
        double cpuBefore = cpuSeconds();
        long start = System.nanoTime();
        AsyncDriver.Dependencies dependencies = dependencies(line -> lines.incrementAndGet(), checkpoints);
        for (int i = 0; i < times; i++) {
            new AsyncDriver<R>(engine.session(operation, timeout), dependencies, callback(ended, problems)).start();
        }
        ended.await();
        double seconds = (System.nanoTime() - start) / 1e9;
        int threads = ManagementFactory.getThreadMXBean().getPeakThreadCount() - threadsBefore;
        return new Cost(
                seconds, cpuSeconds() - cpuBefore, threads, lines.get(), checkpoints.bytes(), problems);
    }

    private AsyncDriver.Dependencies dependencies(ProgressListener listener, SizeCountingStore checkpoints) {
        AsyncDriver.Dependencies all = engine.dependencies(signer, listener);
        return new AsyncDriver.Dependencies(
                all.transport(),
                all.signers(),
                all.clock(),
                all.timer(),
                all.executor(),
                all.callbacks(),
                all.quotas(),
                all.tokens(),
                all.pollBatcher(),
                all.listener(),
                checkpoints,
                all.closed());
    }

    private static <R extends OperationResult> AsyncDriver.CompletionCallback<R> callback(
            CountDownLatch ended, List<String> problems) {
        return new AsyncDriver.CompletionCallback<>() {
            @Override
            public void onSuccess(R result) {
                ended.countDown();
            }

            @Override
            public void onFailure(Throwable problem) {
                problems.add(problem.getMessage());
                ended.countDown();
            }
        };
    }

    /** How many requests were sent although a 429 had said when that is allowed again. */
    int sentWhileClosed() {
        return transport.sentWhileClosed();
    }

    /** CPU time of this process so far. */
    static double cpuSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    /** Bytes of the heap that are in use after a collection. */
    static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Override
    public void close() {
        engine.close();
        http.dispatcher().executorService().shutdownNow();
        http.connectionPool().evictAll();
    }
}
