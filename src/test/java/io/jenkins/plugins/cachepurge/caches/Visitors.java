package io.jenkins.plugins.cachepurge.caches;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** Visitors who ask for a page all the time. */
public final class Visitors implements AutoCloseable {

    private static final int COUNT = 6;

    private final String cache;
    private final String path;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong looks = new AtomicLong();
    /** What they have seen since it was emptied. */
    private Set<String> seen = new TreeSet<>();

    private volatile boolean leaving;

    private Visitors(String cache, String path) {
        this.cache = cache;
        this.path = path;
    }

    /** Returns when each has seen the page. */
    public static Visitors start(String cache, String path) throws InterruptedException {
        Visitors visitors = new Visitors(cache, path);
        for (int i = 0; i < COUNT; i++) {
            Thread thread = new Thread(visitors::look);
            thread.setDaemon(true);
            visitors.threads.add(thread);
            thread.start();
        }
        visitors.awaitLooks();
        return visitors;
    }

    private void look() {
        while (!leaving) {
            Set<String> before = current();
            String page = PageFetcher.sees(cache, path);
            looks.incrementAndGet();
            note(before, page);
        }
    }

    private synchronized Set<String> current() {
        return seen;
    }

    /** Of looks that began before the set was emptied nothing is noted. */
    private synchronized void note(Set<String> before, String page) {
        if (before == seen) {
            seen.add(page);
        }
    }

    /** What they see in looks that begin from now on, after some of them. */
    public Set<String> seeNow() throws InterruptedException {
        synchronized (this) {
            seen = new TreeSet<>();
        }
        awaitLooks();
        synchronized (this) {
            return new TreeSet<>(seen);
        }
    }

    private void awaitLooks() throws InterruptedException {
        long enough = looks.get() + 20L * COUNT;
        while (looks.get() < enough) {
            Thread.sleep(5);
        }
    }

    @Override
    public void close() throws InterruptedException {
        leaving = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
