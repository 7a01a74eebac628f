package io.jenkins.plugins.cachepurge.client.cloudfront;

import io.jenkins.plugins.cachepurge.client.http.RemoteStatus;

/**
 * Invalidation of CloudFront.
 *
 * @param id such as {@code I2J0I21PCUYOIK}
 * @param status {@code InProgress} or {@code Completed}
 * @param createdAt in CloudFront's format
 * @param paths how many paths and tags it is for; 0 in a list, which does not tell
 * @param all whether it is for everything
 */
public record Invalidation(String id, String status, String createdAt, int paths, boolean all) {

    /** The meaning of the status; a new word is neither success nor end. */
    public RemoteStatus remoteStatus() {
        return switch (status) {
            case "Completed" -> RemoteStatus.SUCCEEDED;
            case "InProgress" -> RemoteStatus.IN_PROGRESS;
            default -> RemoteStatus.UNKNOWN;
        };
    }
}
