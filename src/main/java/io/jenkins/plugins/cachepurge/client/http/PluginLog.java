package io.jenkins.plugins.cachepurge.client.http;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The plugin's log of what it sends, at the level FINE: requests, statuses, times, retries, and waits for a quota. It
 * contains no queries, headers, bodies and secrets.
 */
public final class PluginLog {

    /** Name of the logger, which includes those of all classes of the plugin. */
    public static final String NAME = "io.jenkins.plugins.cachepurge";

    private static final Logger LOGGER = Logger.getLogger(NAME);

    private PluginLog() {}

    /**
     * Exchange that has begun.
     *
     * @param startedAt by {@link System#nanoTime}
     */
    public record Exchange(ApiCall<?> call, long startedAt) {

        /** @param how such as "HTTP 200", without text that was received */
        public void end(String how) {
            fine(() -> "%s: %s: %s after %d ms"
                    .formatted(
                            call.service(),
                            call.address(),
                            how,
                            Duration.ofNanos(System.nanoTime() - startedAt).toMillis()));
        }
    }

    /** A request is about to be sent. */
    public static Exchange begin(ApiCall<?> call) {
        fine(() -> "%s: %s, to %s".formatted(call.service(), call.address(), call.purpose()));
        return new Exchange(call, System.nanoTime());
    }

    /** Whether somebody reads it. */
    public static boolean isOn() {
        return LOGGER.isLoggable(Level.FINE);
    }

    /** @param line created only if somebody reads it */
    public static void fine(Supplier<String> line) {
        LOGGER.log(Level.FINE, line);
    }
}
