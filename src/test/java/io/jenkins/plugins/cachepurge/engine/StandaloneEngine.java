package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The engine with threads and time of its own, for what runs without Jenkins. */
public final class StandaloneEngine implements AutoCloseable {

    private static final ThreadFactory DAEMONS = task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    };

    private final ApiTransport transport;
    private final InstantSource clock = new MonotonicClock();
    private final RetryPolicy retryPolicy = new RetryPolicy(new SplittableRandom());
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, DAEMONS);
    private final ExecutorService executor = Executors.newCachedThreadPool(DAEMONS);
    private final Quotas quotas = new Quotas(clock, this::schedule, retryPolicy, url -> OptionalInt.empty());
    private final AccessTokens tokens;
    private final PollBatcher pollBatcher = new PollBatcher(clock);

    public StandaloneEngine(ApiTransport transport) {
        this.transport = transport;
        this.tokens = new AccessTokens(
                transport, quotas, clock, new OtherPluginCredentialsResolver(executor, this::schedule));
        timer.setRemoveOnCancelPolicy(true);
    }

    private Cancellable schedule(Duration delay, Runnable task) {
        Future<?> future = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** Runs an operation to its end on this thread. */
    public <R extends OperationResult> R run(
            Operation<?, R> operation, Duration timeout, Signer signer, ProgressListener listener) throws Exception {
        return new BlockingDriver(dependencies(signer, listener), BlockingDriver.Waiter.THREAD)
                .run(session(operation, timeout));
    }

    public <R extends OperationResult> OperationSession<R> session(Operation<?, R> operation, Duration timeout) {
        return OperationSession.start(operation, timeout, clock.instant(), clock, retryPolicy);
    }

    public AsyncDriver.Dependencies dependencies(Signer signer, ProgressListener listener) {
        return new AsyncDriver.Dependencies(
                transport,
                () -> signer,
                clock,
                this::schedule,
                new LimitedExecutor(executor, 4),
                executor,
                quotas,
                tokens,
                pollBatcher,
                listener,
                CheckpointStore.NONE,
                () -> false);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        executor.shutdownNow();
    }
}
