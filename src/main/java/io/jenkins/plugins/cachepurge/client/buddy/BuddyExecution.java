package io.jenkins.plugins.cachepurge.client.buddy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * An execution of a pipeline as Buddy describes it; what it does not say is null. Dates are ISO 8601.
 *
 * @param status one of {@link BuddyStatus}'s words, or a new one
 * @param url the execution in the API
 * @param htmlUrl the execution's page
 * @param delayUntil when a delayed execution is to start
 */
public record BuddyExecution(
        Long id, String status, String url, String htmlUrl, String startDate, String finishDate, String delayUntil) {

    public BuddyExecution {
        if (id == null || status == null || status.isBlank()) {
            throw new IllegalArgumentException("an execution without id or status");
        }
    }

    /** What its status means; a word that this plugin does not know is not lost in {@link #status}. */
    public BuddyStatus knownStatus() {
        return BuddyStatus.of(status);
    }

    /** True where it waits for a moment after the given one, and so has not been started. */
    public boolean delayedBeyond(Instant moment) {
        boolean waiting = knownStatus() == BuddyStatus.INITIAL || knownStatus() == BuddyStatus.ENQUEUED;
        return waiting && date(delayUntil).filter(moment::isBefore).isPresent();
    }

    /** When it ended; empty while it has not, or where that cannot be read. */
    public Optional<Instant> finishedAt() {
        return date(finishDate);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.ofNullable(text).map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
