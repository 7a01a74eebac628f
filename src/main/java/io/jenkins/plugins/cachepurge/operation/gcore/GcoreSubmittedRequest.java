package io.jenkins.plugins.cachepurge.operation.gcore;

import io.jenkins.plugins.cachepurge.client.gcore.GcorePurgeState;
import io.jenkins.plugins.cachepurge.client.gcore.GcoreHistoryEntry;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.StatusCounts;
import java.io.Serializable;
import java.util.List;

/**
 * A purge that Gcore took.
 *
 * @param id null until it was seen in the history
 * @param status Gcore's word when last seen there
 */
record GcoreSubmittedRequest(String id, String status) implements Serializable {

    /** Not in the history yet. */
    static final GcoreSubmittedRequest UNSEEN = new GcoreSubmittedRequest(null, PurgeResult.ACCEPTED);

    static GcoreSubmittedRequest of(GcoreHistoryEntry purge) {
        return new GcoreSubmittedRequest(Long.toString(purge.purgeId()), purge.status());
    }

    GcorePurgeState state() {
        return GcorePurgeState.of(status);
    }

    /** Where the history has several for the same, made since this one began, the one that got furthest counts. */
    GcoreSubmittedRequest orBetter(GcoreSubmittedRequest other) {
        return rank(other) < rank(this) ? other : this;
    }

    private static int rank(GcoreSubmittedRequest each) {
        if (each.id() == null) {
            return GcorePurgeState.values().length;
        }
        return switch (each.state()) {
            case SUCCESSFUL -> 0;
            case NOT_REPORTED -> 1;
            case IN_PROGRESS -> 2;
            case UNKNOWN -> 3;
            case FAILED -> 4;
        };
    }

    /** The word for all of them: one that was not successful stands for the rest. */
    static String overall(List<GcoreSubmittedRequest> requests) {
        return requests.stream()
                .filter(request -> request.state() != GcorePurgeState.SUCCESSFUL)
                .findFirst()
                .orElse(requests.get(0))
                .status();
    }

    /** "3 Successful, 2 In progress", or "In progress" for a single one. */
    static String count(List<GcoreSubmittedRequest> requests) {
        return StatusCounts.of(requests.stream().map(GcoreSubmittedRequest::said)).toString();
    }

    private String said() {
        if (id == null) {
            return "accepted, but not in the history yet";
        }
        return state() == GcorePurgeState.UNKNOWN
                ? "%s (a status this plugin does not know)".formatted(PrintableText.quote(status))
                : status;
    }
}
