package io.jenkins.plugins.cachepurge.client.http;

/** What the status of something at a service means, whatever the service's word for it is. */
public enum RemoteStatus {
    IN_PROGRESS,
    /** The service goes on only after a person has done something there. */
    WAITING_FOR_USER,
    SUCCEEDED,
    FAILED,
    /** Accepted, and the service will never report more. */
    NOT_REPORTED,
    /** A word that this plugin does not know: neither a success nor an end. */
    UNKNOWN;

    /** Whether the status will not change any more. */
    public boolean hasEnded() {
        return this == SUCCEEDED || this == FAILED || this == NOT_REPORTED;
    }
}
