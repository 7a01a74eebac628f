package io.jenkins.plugins.cachepurge.client.scaleway;

import io.jenkins.plugins.cachepurge.client.http.RemoteStatus;
import java.util.List;
import java.util.Objects;

/**
 * A purge request as Scaleway describes it.
 *
 * @param status {@code pending}, {@code done}, {@code error}, {@code unknown_status}, or a new word
 * @param assets the paths it purges; null if it purges everything
 * @param all true if it purges everything; may be null if it does not
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

    /** The meaning of the status. */
    public RemoteStatus remoteStatus() {
        return switch (status) {
            case "pending" -> RemoteStatus.IN_PROGRESS;
            case "done" -> RemoteStatus.SUCCEEDED;
            case "error" -> RemoteStatus.FAILED;
            default -> RemoteStatus.UNKNOWN;
        };
    }
}
