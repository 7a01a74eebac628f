package io.jenkins.plugins.cachepurge.engine;

import static io.jenkins.plugins.cachepurge.engine.PartsFixture.sideBySide;
import static io.jenkins.plugins.cachepurge.engine.PartsFixture.singles;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.PartsFixture.Part;
import io.jenkins.plugins.cachepurge.engine.PartsFixture.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With real threads: what blocks in one build's lookups and console holds up neither another build nor any deadline. */
class BlockedBuildsEngineTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** Far more than anything needs that does not wait for what blocks, and far less than what blocks. */
    private static final Duration MARGIN = Duration.ofSeconds(15);

    private final PartsFixture fixture = new PartsFixture(DriverKind.ASYNC);
    private final MonotonicClock clock = new MonotonicClock();
    private final RetryPolicy retryPolicy = new RetryPolicy(new SplittableRandom(1));
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final Quotas quotas = new Quotas(clock, this::schedule, retryPolicy, url -> OptionalInt.empty());
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger blocking = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();

    /** Answers after a moment, on a thread of its own. */
    private final ApiTransport transport = new ApiTransport() {
        @Override
        public <T> Cancellable send(ApiCall<T> call, Signer signer, Duration atMost, Consumer<Outcome<T>> receiver) {
            sent.incrementAndGet();
            return schedule(Duration.ofMillis(5), () -> pool.execute(() -> receiver.accept(outcome(call))));
        }
    };

    @SuppressWarnings("unchecked")
    private static <T> Outcome<T> outcome(ApiCall<T> call) {
        return new Outcome.Success<>((T) new Result("done"));
    }

    private Cancellable schedule(Duration delay, Runnable task) {
        Future<?> future = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @AfterEach
    void stop() {
        released.countDown();
        timer.shutdownNow();
        pool.shutdownNow();
    }

    /** For longer than any test takes. */
    private void block() {
        blocking.incrementAndGet();
        try {
            released.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitBlocking(int count) throws InterruptedException {
        for (long waited = 0; blocking.get() < count; waited += 20) {
            assertTrue(waited < 30_000, "blocking: " + blocking.get());
            Thread.sleep(20);
        }
    }

    /** An operation of a build of its own, with the threads that Jenkins gives a build. */
    private final class Build {

        private final CompletableFuture<Result> end = new CompletableFuture<>();
        private final AsyncDriver<Result> driver;

        Build(Part part, Duration timeout, SignerProvider signers, ProgressListener console) {
            AsyncDriver.Dependencies dependencies = new AsyncDriver.Dependencies(
                    transport,
                    signers,
                    clock,
                    BlockedBuildsEngineTest.this::schedule,
                    new LimitedExecutor(pool, 4),
                    new LimitedExecutor(pool, 4),
                    quotas,
                    new AccessTokens(
                            transport,
                            quotas,
                            clock,
                            new OtherPluginCredentialsResolver(pool, BlockedBuildsEngineTest.this::schedule)),
                    new PollBatcher(clock),
                    console,
                    CheckpointStore.NONE,
                    () -> false);
            OperationSession<Result> session =
                    OperationSession.start(fixture.operation(part), timeout, clock.instant(), clock, retryPolicy);
            driver = new AsyncDriver<>(session, dependencies, new AsyncDriver.CompletionCallback<>() {
                @Override
                public void onSuccess(Result result) {
                    end.complete(result);
                }

                @Override
                public void onFailure(Throwable problem) {
                    end.completeExceptionally(problem);
                }
            });
            driver.start();
        }

        ApiException problem() throws Exception {
            ExecutionException e = assertThrowsExecution();
            return assertInstanceOf(ApiException.class, e.getCause());
        }

        private ExecutionException assertThrowsExecution() throws InterruptedException, TimeoutException {
            try {
                throw new AssertionError("succeeded: " + end.get(MARGIN.toSeconds(), TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                return e;
            }
        }

        Result result() throws Exception {
            return end.get(MARGIN.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private SignerProvider slowLookup() {
        return () -> {
            block();
            return Signer.NONE;
        };
    }

    private Build healthy(Part part, Duration timeout) {
        return new Build(part, timeout, () -> Signer.NONE, line -> {});
    }

    private List<Build> blockedBuilds() throws InterruptedException {
        List<Build> builds = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            builds.add(new Build(sideBySide(singles(20)), TIMEOUT, slowLookup(), line -> {}));
            builds.add(new Build(sideBySide(singles(20)), TIMEOUT, () -> Signer.NONE, line -> block()));
        }
        awaitBlocking(40);
        return builds;
    }

    @Test
    void operationCompletesWhileLookupsAndConsolesOfOthersBlock() throws Exception {
        List<Build> blocked = blockedBuilds();
        assertEquals(
                "[done, done, done]",
                healthy(sideBySide(singles(3)), TIMEOUT).result().text());
        assertTrue(
                healthy(sideBySide(singles(60)), TIMEOUT).result().text().startsWith("[done"),
                "also one that needs many permits");
        assertTrue(blocked.stream().limit(1).noneMatch(build -> build.end.isDone()), "the first lookup still blocks");
    }

    @Test
    void deadlineIsKeptWhileLookupsAndConsolesOfOthersBlock() throws Exception {
        blockedBuilds();
        long before = System.nanoTime();
        // It waits for its next poll when the deadline comes.
        Build waiting = new Build(new Part.Polled("a"), Duration.ofSeconds(2), () -> Signer.NONE, line -> {});
        ExecutionTime time = new ExecutionTime(before);
        try {
            waiting.result();
        } catch (ExecutionException e) {
            assertEquals(ApiException.Kind.TIMED_OUT, ((ApiException) e.getCause()).kind());
            time.assertBetween(Duration.ofSeconds(2), Duration.ofSeconds(6));
        }
    }

    private record ExecutionTime(long startNanos) {

        void assertBetween(Duration least, Duration most) {
            Duration passed = Duration.ofNanos(System.nanoTime() - startNanos);
            assertTrue(passed.compareTo(least) >= 0 && passed.compareTo(most) <= 0, "passed: " + passed);
        }
    }

    @Test
    void deadlineIsKeptWhileTheOwnLookupBlocks() throws Exception {
        ExecutionTime time = new ExecutionTime(System.nanoTime());
        Build build = new Build(sideBySide(singles(20)), Duration.ofSeconds(2), slowLookup(), line -> {});
        ApiException problem = build.problem();
        assertEquals(ApiException.Kind.TIMED_OUT, problem.kind());
        time.assertBetween(Duration.ofSeconds(2), Duration.ofSeconds(6));
        assertEquals(0, sent.get());
        assertTrue(problem.getMessage().contains("0 of 20 pages done"), problem.getMessage());
    }

    @Test
    void deadlineIsKeptWhileTheOwnConsoleBlocks() throws Exception {
        ExecutionTime time = new ExecutionTime(System.nanoTime());
        Build build =
                new Build(new Part.Group(singles(20), 1, false), Duration.ofSeconds(2), slowLookup(), line -> block());
        assertEquals(ApiException.Kind.TIMED_OUT, build.problem().kind());
        time.assertBetween(Duration.ofSeconds(2), Duration.ofSeconds(6));
    }

    @Test
    void operationEndsWhileItsOwnConsoleBlocks() throws Exception {
        Build build = new Build(sideBySide(singles(20)), TIMEOUT, () -> Signer.NONE, line -> block());
        assertTrue(build.result().text().startsWith("[done"));
    }

    @Test
    void abortReturnsAtOnceWhileLookupAndConsoleBlock() throws Exception {
        Build build = new Build(sideBySide(singles(20)), TIMEOUT, slowLookup(), line -> block());
        awaitBlocking(1);
        ExecutionTime time = new ExecutionTime(System.nanoTime());
        assertTrue(build.driver.abort());
        time.assertBetween(Duration.ZERO, Duration.ofSeconds(4));
        assertTrue(!build.end.isDone());
    }

    @Test
    void manyOperationsAtOnceAllEnd() throws Exception {
        List<Build> builds = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            builds.add(healthy(sideBySide(singles(25)), TIMEOUT));
        }
        for (Build build : builds) {
            assertTrue(build.end.get(60, TimeUnit.SECONDS).text().startsWith("[done"));
        }
        assertEquals(40 * 25, sent.get(), "each request is sent once");
    }
}
