package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Waits for what nothing announces. */
final class Await {

    private static final Duration LATEST = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private Await() {}

    static void holds(String what, Callable<Boolean> condition) throws Exception {
        Instant latest = Instant.now().plus(LATEST);
        while (!condition.call()) {
            if (Instant.now().isAfter(latest)) {
                fail("It never came true that " + what);
            }
            Thread.sleep(LOOK_AGAIN.toMillis());
        }
    }
}
