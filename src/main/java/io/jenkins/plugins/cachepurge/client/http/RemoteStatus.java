package io.jenkins.plugins.cachepurge.client.http;

/** Meaning of a service's status, whatever the service calls it. */
public enum RemoteStatus {
    IN_PROGRESS,
    /** The service continues only after a person has acted there. */
    WAITING_FOR_USER,
    SUCCEEDED,
    FAILED,
    /** Accepted, and the service will never report more. */
    NOT_REPORTED,
    /** A status that this plugin does not know: neither a success nor an end. */
    UNKNOWN;

    /** Whether the status will not change any more. */
    public boolean hasEnded() {
        return this == SUCCEEDED || this == FAILED || this == NOT_REPORTED;
    }
}
