package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** No more tasks run at a time than allowed, and none is forgotten. */
class LimitedExecutorTest {

    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final LimitedExecutor executor = new LimitedExecutor(threads::add, 2);

    private void runThread() {
        threads.remove().run();
    }

    @Test
    void tasksBeyondTheLimitWaitForThoseBefore() {
        List.of("a", "b", "c", "d").forEach(name -> executor.execute(() -> done.add(name)));
        assertEquals(2, threads.size());
        runThread();
        assertEquals(List.of("a", "c", "d"), done, "the same thread goes on with what waits");
        runThread();
        assertEquals(List.of("a", "c", "d", "b"), done);
        executor.execute(() -> done.add("e"));
        assertEquals(1, threads.size());
    }

    @Test
    void taskThatThrowsHoldsUpNoOther() {
        executor.execute(() -> {
            throw new IllegalStateException("a");
        });
        executor.execute(() -> {
            throw new AssertionError("b");
        });
        executor.execute(() -> done.add("c"));
        executor.execute(() -> done.add("d"));
        assertThrows(IllegalStateException.class, this::runThread);
        assertThrows(AssertionError.class, this::runThread);
        assertEquals(2, threads.size());
        runThread();
        runThread();
        assertEquals(List.of("c", "d"), done);
        executor.execute(() -> done.add("e"));
        executor.execute(() -> done.add("f"));
        assertEquals(2, threads.size(), "no slot was lost");
    }

    @Test
    void slotIsFreeAgainWhenTheThreadsRejectATask() {
        boolean[] closed = {true};
        LimitedExecutor one = new LimitedExecutor(
                task -> {
                    if (closed[0]) {
                        throw new RejectedExecutionException();
                    }
                    threads.add(task);
                },
                1);
        assertThrows(RejectedExecutionException.class, () -> one.execute(() -> done.add("a")));
        closed[0] = false;
        one.execute(() -> done.add("b"));
        runThread();
        assertEquals(List.of("b"), done);
    }

    @Test
    void tasksOfOneThatBlocksDoNotReachAnother() throws Exception {
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            CountDownLatch release = new CountDownLatch(1);
            AtomicInteger most = new AtomicInteger();
            AtomicInteger now = new AtomicInteger();
            LimitedExecutor blocked = new LimitedExecutor(pool, 4);
            CountDownLatch started = new CountDownLatch(4);
            CountDownLatch all = new CountDownLatch(50);
            for (int i = 0; i < 50; i++) {
                blocked.execute(() -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    started.countDown();
                    try {
                        release.await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    now.decrementAndGet();
                    all.countDown();
                });
            }
            CountDownLatch other = new CountDownLatch(1);
            new LimitedExecutor(pool, 4).execute(other::countDown);
            assertTrue(other.await(30, TimeUnit.SECONDS));
            assertTrue(started.await(30, TimeUnit.SECONDS));
            release.countDown();
            assertTrue(all.await(30, TimeUnit.SECONDS));
            assertEquals(4, most.get());
        } finally {
            pool.shutdownNow();
        }
    }
}
