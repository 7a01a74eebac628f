package io.jenkins.plugins.cachepurge.engine;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Clock that is right when it is created and then only goes forward, at the speed of time: setting the clock of the machine
 * changes no deadline.
 */
public final class MonotonicClock implements InstantSource {

    private final Instant createdAt = Instant.now();
    private final long createdNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return createdAt.plusNanos(System.nanoTime() - createdNanos);
    }
}
