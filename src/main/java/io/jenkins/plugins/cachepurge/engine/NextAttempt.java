package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.time.Duration;

/** What follows an exchange that failed. */
enum NextAttempt {
    /** Nothing was done, so the same is sent. */
    TRY_AGAIN,
    /** The same is sent although it may have been done, which is harmless. */
    REPEAT,
    /** It may have been done: the service is asked. */
    LOOK_UP;

    /** Such as "Now trying again in 2 s". */
    LocalizedText text(Duration delay) {
        long seconds = Math.max(1, Math.round(delay.toMillis() / 1000.0));
        return switch (this) {
            case TRY_AGAIN -> LocalizedText.of("retry.tryAgain", seconds);
            case REPEAT -> LocalizedText.of("retry.repeat", seconds);
            case LOOK_UP -> LocalizedText.of("retry.lookUp", seconds);
        };
    }
}
