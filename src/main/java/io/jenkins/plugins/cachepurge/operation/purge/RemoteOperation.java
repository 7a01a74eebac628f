package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.client.http.RemoteStatus;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;

/**
 * Long-running operation of a service that a request of a purge has started, as it was when it was read last.
 *
 * @param id for people; null if there is none
 * @param link what a poll needs to find it
 * @param status the service's word
 * @param meaning the meaning of the status
 * @param error why it failed; empty unless it has, or if the service does not say
 * @param pollAt when the service wants the next poll, by the clock of Jenkins; null if it does not say
 */
public record RemoteOperation(String id, String link, String status, RemoteStatus meaning, String error, Instant pollAt)
        implements Serializable {

    Optional<Instant> nextPoll() {
        return Optional.ofNullable(pollAt);
    }
}
