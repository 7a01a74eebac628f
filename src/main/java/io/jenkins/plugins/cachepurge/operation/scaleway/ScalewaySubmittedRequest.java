package io.jenkins.plugins.cachepurge.operation.scaleway;

import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayPurgeRequest;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayPurgeStatus;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.purge.StatusCounts;
import java.io.Serializable;
import java.util.List;

/**
 * A purge request that the service took.
 *
 * @param status its own word when last seen
 */
record ScalewaySubmittedRequest(String id, String status) implements Serializable {

    static ScalewaySubmittedRequest of(ScalewayPurgeRequest request) {
        return new ScalewaySubmittedRequest(request.id(), request.status());
    }

    ScalewayPurgeStatus knownStatus() {
        return ScalewayPurgeStatus.of(status);
    }

    boolean ended() {
        return knownStatus().ended();
    }

    /** The word for all of them: one that has not ended stands for the rest. */
    static String overall(List<ScalewaySubmittedRequest> requests) {
        return requests.stream()
                .filter(request -> request.knownStatus() != ScalewayPurgeStatus.DONE)
                .findFirst()
                .orElse(requests.get(0))
                .status();
    }

    /** "3 done, 2 pending", or "pending" for a single one. */
    static String count(List<ScalewaySubmittedRequest> requests) {
        return StatusCounts.of(requests.stream().map(ScalewaySubmittedRequest::said)).toString();
    }

    private String said() {
        return knownStatus() == ScalewayPurgeStatus.UNKNOWN
                ? "%s (a status this plugin does not know)".formatted(PrintableText.quote(status))
                : status;
    }
}
