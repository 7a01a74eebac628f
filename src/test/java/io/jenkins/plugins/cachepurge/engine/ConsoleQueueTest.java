package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lines reach the console in order, one thread at a time, and nobody waits for it. */
class ConsoleQueueTest {

    private final List<String> received = Collections.synchronizedList(new ArrayList<>());

    @Test
    void linesArePassedOnInOrder() {
        ConsoleQueue<String> queue = new ConsoleQueue<>(received::add);
        queue.add(List.of("a", "b"));
        queue.add(List.of("c"));
        assertEquals(List.of(), received);
        queue.drain();
        queue.drain();
        assertEquals(List.of("a", "b", "c"), received);
    }

    @Test
    void linesThatAreAddedWhileItIsDrainedFollow() {
        AtomicReference<ConsoleQueue<String>> queue = new AtomicReference<>();
        queue.set(new ConsoleQueue<>(line -> {
            received.add(line);
            if (line.equals("a")) {
                queue.get().add(List.of("c"));
                queue.get().drain();
            }
        }));
        queue.get().add(List.of("a", "b"));
        queue.get().drain();
        assertEquals(List.of("a", "b", "c"), received);
    }

    @Test
    void nobodyWaitsForAConsoleThatBlocks() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ConsoleQueue<String> queue = new ConsoleQueue<>(line -> {
            entered.countDown();
            try {
                assertTrue(release.await(30, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            received.add(line);
        });
        queue.add(List.of("a"));
        Thread blocked = new Thread(queue::drain);
        blocked.start();
        assertTrue(entered.await(30, TimeUnit.SECONDS));
        queue.add(List.of("b"));
        queue.drain();
        AtomicBoolean empty = new AtomicBoolean();
        queue.whenEmpty(() -> empty.set(true));
        assertEquals(List.of(), received);
        assertFalse(empty.get());
        release.countDown();
        blocked.join(30_000);
        assertEquals(List.of("a", "b"), received);
        assertTrue(empty.get());
    }

    @Test
    void receiverThatThrowsLosesOneLine() {
        AtomicInteger empty = new AtomicInteger();
        ConsoleQueue<String> queue = new ConsoleQueue<>(line -> {
            if (line.equals("bad")) {
                throw new IllegalStateException(line);
            }
            received.add(line);
        });
        queue.add(List.of("a", "bad", "b"));
        queue.whenEmpty(empty::incrementAndGet);
        assertThrows(IllegalStateException.class, queue::drain);
        assertEquals(0, empty.get(), "a line is left");
        queue.drain();
        assertEquals(List.of("a", "b"), received);
        assertEquals(1, empty.get());
        queue.add(List.of("bad"));
        queue.whenEmpty(empty::incrementAndGet);
        assertThrows(IllegalStateException.class, queue::drain);
        assertEquals(2, empty.get(), "none is left, although the last one was lost");
    }

    @Test
    void actionRunsOnceWhenItIsEmpty() {
        ConsoleQueue<String> queue = new ConsoleQueue<>(received::add);
        AtomicInteger count = new AtomicInteger();
        queue.whenEmpty(count::incrementAndGet);
        assertEquals(1, count.get(), "at once");
        queue.add(List.of("a"));
        queue.whenEmpty(count::incrementAndGet);
        assertEquals(1, count.get());
        queue.drain();
        queue.add(List.of("b"));
        queue.drain();
        assertEquals(2, count.get());
    }

    /** Whoever comes while another finds the queue empty neither overtakes nor is overtaken. */
    @Test
    void oneThreadDrainsAtATime() throws Exception {
        int threads = 3;
        int each = 60_000;
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger together = new AtomicInteger();
        ConsoleQueue<String> queue = new ConsoleQueue<>(line -> {
            if (inside.incrementAndGet() > 1) {
                together.incrementAndGet();
            }
            received.add(line);
            Thread.yield();
            inside.decrementAndGet();
        });
        List<Thread> all = IntStream.range(0, threads)
                .mapToObj(thread -> new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        queue.add(List.of(thread + " " + i));
                        queue.drain();
                    }
                }))
                .toList();
        all.forEach(Thread::start);
        for (Thread thread : all) {
            thread.join(60_000);
        }
        assertEquals(0, together.get(), "lines that were passed on at the same time");
        assertEquals(threads * each, received.size());
        int[] next = new int[threads];
        for (String line : received) {
            int thread = line.charAt(0) - '0';
            assertEquals(thread + " " + next[thread]++, line);
        }
    }
}
