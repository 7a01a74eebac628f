package io.jenkins.plugins.cachepurge.client.azure;

import io.jenkins.plugins.cachepurge.client.http.RemoteStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * Long-running operation of Azure Resource Manager.
 *
 * @param url where it is read; empty if it had ended at once
 * @param status Azure's word
 * @param error why it failed; empty unless Azure says so
 * @param pollAt when Azure wants the next poll, by the clock of Jenkins
 */
public record AzureOperation(Optional<AzureOperationUrl> url, String status, String error, Optional<Instant> pollAt) {

    static final String SUCCEEDED = "Succeeded";
    static final String IN_PROGRESS = "InProgress";

    /** Meaning of the status: every word that is not an end means that it goes on. */
    public RemoteStatus remoteStatus() {
        return switch (status) {
            case SUCCEEDED -> RemoteStatus.SUCCEEDED;
            case "Failed", "Canceled" -> RemoteStatus.FAILED;
            default -> RemoteStatus.IN_PROGRESS;
        };
    }
}
