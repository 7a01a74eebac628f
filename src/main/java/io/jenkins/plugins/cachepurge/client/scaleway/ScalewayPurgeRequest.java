package io.jenkins.plugins.cachepurge.client.scaleway;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A purge request as Scaleway describes it.
 *
 * @param status one of {@link ScalewayPurgeStatus}'s words, or a new one
 * @param assets the paths it purges; null where it purges everything
 * @param all true where it purges everything; may be null where it does not
 * @param createdAt ISO 8601, may be null
 * @param updatedAt ISO 8601, may be null
 */
public record ScalewayPurgeRequest(
        String id,
        String pipelineId,
        String status,
        List<String> assets,
        Boolean all,
        String createdAt,
        String updatedAt) {

    public ScalewayPurgeRequest {
        if (id == null || id.isBlank() || status == null || status.isBlank()) {
            throw new IllegalArgumentException("a purge request without id or status");
        }
        assets = assets == null
                ? List.of()
                : assets.stream().filter(Objects::nonNull).toList();
        all = Boolean.TRUE.equals(all);
    }

    /** When the service created it; empty where it does not say. */
    public Optional<Instant> created() {
        try {
            return Optional.ofNullable(createdAt).map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
