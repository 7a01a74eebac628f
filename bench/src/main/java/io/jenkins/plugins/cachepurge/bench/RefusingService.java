package io.jenkins.plugins.cachepurge.bench;

import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.time.Duration;
import java.util.Map;

/** Refuses every second request with 429, and counts those that come before the time that it has named. */
final class RefusingService implements SimService {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** How long after a response what was sent before it may arrive. */
    private static final Duration GRACE = Duration.ofMillis(20);

    private final SimService inner;
    private final Duration delay;
    private final RequestCounts log;
    private long closedFrom = Long.MAX_VALUE;
    private long closedUntil = Long.MIN_VALUE;
    private boolean refuses;

    /** @param delay until a response is sent */
    RefusingService(SimService inner, Duration delay, RequestCounts log) {
        this.inner = inner;
        this.delay = delay;
        this.log = log;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public synchronized SimResponse handle(SimRequest request) {
        long now = System.nanoTime();
        if (now > closedFrom + GRACE.toNanos() && now < closedUntil) {
            log.addWhileClosed();
        }
        refuses = !refuses;
        if (!refuses) {
            return inner.handle(request);
        }
        log.addRefused();
        if (now > closedUntil) {
            closedFrom = now + delay.toNanos();
        }
        closedUntil = now + delay.toNanos() + RETRY_AFTER.toNanos();
        return SimResponse.json(429, Map.of("msg", "Too many requests"))
                .withHeader("Retry-After", Long.toString(RETRY_AFTER.toSeconds()));
    }
}
