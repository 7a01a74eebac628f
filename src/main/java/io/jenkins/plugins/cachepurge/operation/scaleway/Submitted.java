package io.jenkins.plugins.cachepurge.operation.scaleway;

import io.jenkins.plugins.cachepurge.client.scaleway.PurgeRequest;
import io.jenkins.plugins.cachepurge.client.scaleway.PurgeRequestStatus;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.purge.StatusCount;
import java.io.Serializable;
import java.util.List;

/**
 * A purge request that the service took.
 *
 * @param status its own word when last seen
 */
record Submitted(String id, String status) implements Serializable {

    static Submitted of(PurgeRequest request) {
        return new Submitted(request.id(), request.status());
    }

    PurgeRequestStatus knownStatus() {
        return PurgeRequestStatus.of(status);
    }

    boolean ended() {
        return knownStatus().ended();
    }

    /** The word for all of them: one that has not ended stands for the rest. */
    static String overall(List<Submitted> requests) {
        return requests.stream()
                .filter(request -> request.knownStatus() != PurgeRequestStatus.DONE)
                .findFirst()
                .orElse(requests.get(0))
                .status();
    }

    /** "3 done, 2 pending", or "pending" for a single one. */
    static String count(List<Submitted> requests) {
        return StatusCount.of(requests.stream().map(Submitted::said)).toString();
    }

    private String said() {
        return knownStatus() == PurgeRequestStatus.UNKNOWN
                ? "%s (a status this plugin does not know)".formatted(Input.shown(status))
                : status;
    }
}
