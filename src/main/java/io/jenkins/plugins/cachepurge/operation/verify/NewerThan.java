package io.jenkins.plugins.cachepurge.operation.verify;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * Time after which a copy must have been stored or confirmed by the origin.
 *
 * @param time by the clock of Jenkins
 * @param name such as "the purge", for messages
 */
public record NewerThan(Instant time, String name) implements Serializable {

    /** {@code Age} has whole seconds, and the clocks of an origin and its cache differ by a second now and then. */
    static final Duration SLACK = Duration.ofSeconds(2);

    /** Whether something was stored after it, up to the slack. */
    boolean isBefore(Instant stored) {
        return !stored.isBefore(time.minus(SLACK));
    }
}
