package io.jenkins.plugins.cachepurge.client.gcore;

/**
 * What a purge's status means. Gcore's words are {@code In progress}, {@code Successful}, {@code Failed}, and, in its
 * description of what a list can be filtered by only, {@code Status report disabled}.
 */
public enum GcorePurgeState {
    IN_PROGRESS,
    SUCCESSFUL,
    FAILED,
    /** Taken, and nothing more will ever be told. */
    NOT_REPORTED,
    /** A word nobody knows yet: neither a success nor an end. */
    UNKNOWN;

    public static GcorePurgeState of(String word) {
        return switch (word) {
            case "In progress" -> IN_PROGRESS;
            case "Successful" -> SUCCESSFUL;
            case "Failed" -> FAILED;
            case "Status report disabled" -> NOT_REPORTED;
            default -> UNKNOWN;
        };
    }

    /** True where the status will not change any more. */
    public boolean ended() {
        return this == SUCCESSFUL || this == FAILED || this == NOT_REPORTED;
    }
}
