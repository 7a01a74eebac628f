package io.jenkins.plugins.cachepurge.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. */
public final class SettableClock implements InstantSource {

    private final AtomicReference<Instant> now;

    /** A clock that stands at a time. */
    public SettableClock(Instant start) {
        now = new AtomicReference<>(start);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Moves it forward. */
    public void advance(Duration time) {
        now.updateAndGet(present -> present.plus(time));
    }
}
