package io.jenkins.plugins.cachepurge.operation.gcore;

import io.jenkins.plugins.cachepurge.client.gcore.PurgeState;
import io.jenkins.plugins.cachepurge.client.gcore.PurgeStatus;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.StatusCount;
import java.io.Serializable;
import java.util.List;

/**
 * A purge that Gcore took.
 *
 * @param id null until it was seen in the history
 * @param status Gcore's word when last seen there
 */
record Submitted(String id, String status) implements Serializable {

    /** Not in the history yet. */
    static final Submitted UNSEEN = new Submitted(null, PurgeResult.ACCEPTED);

    static Submitted of(PurgeStatus purge) {
        return new Submitted(Long.toString(purge.purgeId()), purge.status());
    }

    PurgeState state() {
        return PurgeState.of(status);
    }

    /** Where the history has several for the same, made since this one began, the one that got furthest counts. */
    Submitted orBetter(Submitted other) {
        return rank(other) < rank(this) ? other : this;
    }

    private static int rank(Submitted each) {
        if (each.id() == null) {
            return PurgeState.values().length;
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
    static String overall(List<Submitted> requests) {
        return requests.stream()
                .filter(request -> request.state() != PurgeState.SUCCESSFUL)
                .findFirst()
                .orElse(requests.get(0))
                .status();
    }

    /** "3 Successful, 2 In progress", or "In progress" for a single one. */
    static String count(List<Submitted> requests) {
        return StatusCount.of(requests.stream().map(Submitted::said)).toString();
    }

    private String said() {
        if (id == null) {
            return "accepted, but not in the history yet";
        }
        return state() == PurgeState.UNKNOWN
                ? "%s (a status this plugin does not know)".formatted(Input.shown(status))
                : status;
    }
}
