package io.jenkins.plugins.cachepurge.caches;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The caches of one test, in front of one origin. */
final class RunningCaches implements AutoCloseable {

    private final OriginServer origin = new OriginServer();
    private final List<CacheProcess> caches = new ArrayList<>();

    OriginServer origin() {
        return origin;
    }

    /** Starts a cache that this machine may purge. The test is skipped where it is not installed. */
    CacheProcess start(CacheSoftware software) {
        return start(software, site -> CacheProcess.start(software, site));
    }

    /** @param start starts it in front of the origin */
    CacheProcess start(CacheSoftware software, Function<OriginServer, CacheProcess> start) {
        assumeTrue(software.installed(), () -> software + " is not installed");
        CacheProcess cache = start.apply(origin);
        caches.add(cache);
        return cache;
    }

    @Override
    public void close() {
        origin.close();
        caches.forEach(CacheProcess::close);
    }
}
