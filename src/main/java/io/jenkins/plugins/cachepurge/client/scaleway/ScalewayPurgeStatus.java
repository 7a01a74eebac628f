package io.jenkins.plugins.cachepurge.client.scaleway;

/**
 * What a purge request's status means. Scaleway's words are {@code pending}, {@code done}, {@code error} and
 * {@code unknown_status}.
 */
public enum ScalewayPurgeStatus {
    PENDING,
    DONE,
    ERROR,
    /** {@code unknown_status}, or a word nobody knows yet: neither a success nor an end. */
    UNKNOWN;

    public static ScalewayPurgeStatus of(String word) {
        return switch (word) {
            case "pending" -> PENDING;
            case "done" -> DONE;
            case "error" -> ERROR;
            default -> UNKNOWN;
        };
    }

    /** True where the status will not change any more. */
    public boolean ended() {
        return this == DONE || this == ERROR;
    }
}
