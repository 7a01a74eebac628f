package io.jenkins.plugins.cachepurge.client.buddy;

import io.jenkins.plugins.cachepurge.client.http.RemoteStatus;
import java.util.Arrays;

/**
 * The states of an execution, in Buddy's words.
 *
 * @see <a href="https://buddy.works/docs/api/executions/get-action-execution-details">Buddy: executions</a>
 */
public enum BuddyStatus {
    INITIAL(RemoteStatus.IN_PROGRESS),
    ENQUEUED(RemoteStatus.IN_PROGRESS),
    INPROGRESS(RemoteStatus.IN_PROGRESS),
    TERMINATING(RemoteStatus.IN_PROGRESS),
    WAITING_FOR_APPLY(RemoteStatus.WAITING_FOR_USER),
    WAITING_FOR_VARIABLES(RemoteStatus.WAITING_FOR_USER),
    WAITING_FOR_SETTABLE_VARIABLES(RemoteStatus.WAITING_FOR_USER),
    WAITING_FOR_VT_SESSION(RemoteStatus.WAITING_FOR_USER),
    SUCCESSFUL(RemoteStatus.SUCCEEDED),
    FAILED(RemoteStatus.FAILED),
    TERMINATED(RemoteStatus.FAILED),
    SKIPPED(RemoteStatus.FAILED),
    NOT_EXECUTED(RemoteStatus.FAILED),
    /** Any word that is not among the others: never a success, never an end. */
    UNKNOWN(RemoteStatus.UNKNOWN);

    private final RemoteStatus remoteStatus;

    BuddyStatus(RemoteStatus remoteStatus) {
        this.remoteStatus = remoteStatus;
    }

    public static BuddyStatus of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.name().equals(word))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** The meaning of the status. */
    public RemoteStatus remoteStatus() {
        return remoteStatus;
    }
}
