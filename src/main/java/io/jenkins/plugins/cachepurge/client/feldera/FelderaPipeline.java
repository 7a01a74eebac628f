package io.jenkins.plugins.cachepurge.client.feldera;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;

/**
 * Status of a Feldera pipeline, in Feldera's words.
 *
 * @param storageStatus {@code Cleared}, {@code InUse}, {@code Clearing}
 * @param deploymentStatus {@code Stopped}, {@code Running}, {@code Stopping} and a dozen more
 * @param deploymentDesiredStatus the status that the pipeline is to get; may be null
 * @param deploymentDesiredStatusSince since when, as ISO 8601; may be null
 * @param deploymentResourcesStatus the same of its processes; may be null
 * @param deploymentResourcesDesiredStatus what its processes are on their way to; may be null
 * @param deploymentError null, or {@code {message, error_code, details}}
 */
public record FelderaPipeline(
        String name,
        String storageStatus,
        String deploymentStatus,
        String deploymentDesiredStatus,
        String deploymentDesiredStatusSince,
        String deploymentResourcesStatus,
        String deploymentResourcesDesiredStatus,
        JsonNode deploymentError) {

    private static final String STOPPED = "Stopped";

    /** Desired statuses of a pipeline, or of its processes, that is to run. */
    private static final Set<String> RUNNING = Set.of("Running", "Paused", "Standby", "Provisioned");

    public FelderaPipeline {
        if (storageStatus == null || deploymentStatus == null) {
            throw new IllegalArgumentException("a pipeline without storage_status or deployment_status");
        }
    }

    /** Storage can be cleared only when the pipeline and its processes are stopped and are not to start. */
    public boolean stopped() {
        return STOPPED.equals(deploymentStatus)
                && isStoppedOrUnsaid(deploymentDesiredStatus)
                && isStoppedOrUnsaid(deploymentResourcesStatus)
                && isStoppedOrUnsaid(deploymentResourcesDesiredStatus);
    }

    private static boolean isStoppedOrUnsaid(String status) {
        return status == null || STOPPED.equals(status);
    }

    /** Whether the pipeline, or its processes, are to run; false if Feldera does not report it. */
    public boolean isToRun() {
        return RUNNING.contains(desired(deploymentDesiredStatus))
                || RUNNING.contains(desired(deploymentResourcesDesiredStatus));
    }

    /** When the desired status was set; empty if Feldera does not report it. */
    public Optional<Instant> desiredSince() {
        try {
            return Optional.ofNullable(deploymentDesiredStatusSince)
                    .map(OffsetDateTime::parse)
                    .map(OffsetDateTime::toInstant);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String desired(String status) {
        return status == null ? "" : status;
    }

    /** Whether something is stored and not being cleared. */
    public boolean isStorageInUse() {
        return "InUse".equals(storageStatus);
    }

    /** True if nothing is stored any more. */
    public boolean cleared() {
        return "Cleared".equals(storageStatus);
    }

    /** The error of the last run of the pipeline; empty if it did not fail. */
    public Optional<String> error() {
        return Optional.ofNullable(deploymentError)
                .map(error -> error.path("message").asText(""))
                .filter(message -> !message.isBlank());
    }
}
