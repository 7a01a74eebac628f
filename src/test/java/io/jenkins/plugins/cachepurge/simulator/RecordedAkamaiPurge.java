package io.jenkins.plugins.cachepurge.simulator;

import java.time.Instant;
import java.util.List;

/**
 * A purge that an {@link AkamaiSimulator} has accepted.
 *
 * @param action {@code invalidate} or {@code delete}
 * @param type {@code url}, {@code cpcode} or {@code tag}
 * @param network {@code production} or {@code staging}
 * @param objects numbers as texts
 * @param account the account switch key; empty for the client's own account
 */
public record RecordedAkamaiPurge(
        String action, String type, String network, List<String> objects, String account, Instant at) {

    /** Copies its arguments. */
    public RecordedAkamaiPurge {
        objects = List.copyOf(objects);
    }
}
