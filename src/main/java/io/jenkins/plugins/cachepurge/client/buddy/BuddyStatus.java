package io.jenkins.plugins.cachepurge.client.buddy;

import java.util.Arrays;

/**
 * The states of an execution, in Buddy's words.
 *
 * @see <a href="https://buddy.works/docs/api/executions/get-action-execution-details">Buddy: executions</a>
 */
public enum BuddyStatus {
    INITIAL(Meaning.GOES_ON),
    ENQUEUED(Meaning.GOES_ON),
    INPROGRESS(Meaning.GOES_ON),
    TERMINATING(Meaning.GOES_ON),
    WAITING_FOR_APPLY(Meaning.NEEDS_A_PERSON),
    WAITING_FOR_VARIABLES(Meaning.NEEDS_A_PERSON),
    WAITING_FOR_SETTABLE_VARIABLES(Meaning.NEEDS_A_PERSON),
    WAITING_FOR_VT_SESSION(Meaning.NEEDS_A_PERSON),
    SUCCESSFUL(Meaning.SUCCEEDED),
    FAILED(Meaning.ENDED_OTHERWISE),
    TERMINATED(Meaning.ENDED_OTHERWISE),
    SKIPPED(Meaning.ENDED_OTHERWISE),
    NOT_EXECUTED(Meaning.ENDED_OTHERWISE),
    /** Any word that is not among the others: never a success, never an end. */
    UNKNOWN(Meaning.UNKNOWN);

    /** What a state means for somebody who waits. */
    public enum Meaning {
        GOES_ON,
        NEEDS_A_PERSON,
        SUCCEEDED,
        ENDED_OTHERWISE,
        UNKNOWN
    }

    private final Meaning meaning;

    BuddyStatus(Meaning meaning) {
        this.meaning = meaning;
    }

    public static BuddyStatus of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.name().equals(word))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** What the state means for somebody who waits. */
    public Meaning meaning() {
        return meaning;
    }
}
