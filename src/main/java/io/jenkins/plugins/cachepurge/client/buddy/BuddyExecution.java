package io.jenkins.plugins.cachepurge.client.buddy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Execution of a Buddy pipeline; values that Buddy does not return are null. Dates are ISO 8601.
 *
 * @param status one of {@link BuddyStatus}, or a new one
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

    /** The status, unknown if it is new; {@link #status} has the original. */
    public BuddyStatus knownStatus() {
        return BuddyStatus.of(status);
    }

    /** True if it is scheduled for later than the given time, and so has not been started. */
    public boolean delayedBeyond(Instant moment) {
        boolean waiting = knownStatus() == BuddyStatus.INITIAL || knownStatus() == BuddyStatus.ENQUEUED;
        return waiting && date(delayUntil).filter(moment::isBefore).isPresent();
    }

    /** When it ended; empty if it has not, or if the date cannot be read. */
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
