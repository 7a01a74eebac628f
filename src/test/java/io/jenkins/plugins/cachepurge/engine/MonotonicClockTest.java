package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A clock that goes forward at the speed of time. */
class MonotonicClockTest {

    private static final Duration MARGIN = Duration.ofSeconds(10);

    @Test
    void clockIsRightWhenItIsCreated() {
        Duration apart = Duration.between(Instant.now(), new MonotonicClock().instant());
        assertTrue(apart.abs().compareTo(MARGIN) < 0, "apart: " + apart);
    }

    @Test
    void clockNeverGoesBackAndKeepsTime() throws InterruptedException {
        MonotonicClock clock = new MonotonicClock();
        Instant first = clock.instant();
        Instant last = first;
        for (int i = 0; i < 100_000; i++) {
            Instant next = clock.instant();
            assertFalse(next.isBefore(last));
            last = next;
        }
        Instant before = clock.instant();
        Thread.sleep(200);
        Duration passed = Duration.between(before, clock.instant());
        assertTrue(passed.compareTo(Duration.ofMillis(190)) >= 0, "passed: " + passed);
        assertTrue(passed.compareTo(MARGIN) < 0, "passed: " + passed);
    }
}
