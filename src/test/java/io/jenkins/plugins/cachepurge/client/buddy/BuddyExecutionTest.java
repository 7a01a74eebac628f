package io.jenkins.plugins.cachepurge.client.buddy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cachepurge.client.http.RemoteStatus;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuddyExecutionTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "SUCCESSFUL, SUCCEEDED",
        "FAILED, FAILED",
        "TERMINATED, FAILED",
        "SKIPPED, FAILED",
        "NOT_EXECUTED, FAILED",
        "INITIAL, IN_PROGRESS",
        "ENQUEUED, IN_PROGRESS",
        "INPROGRESS, IN_PROGRESS",
        "TERMINATING, IN_PROGRESS",
        "WAITING_FOR_APPLY, WAITING_FOR_USER",
        "WAITING_FOR_VARIABLES, WAITING_FOR_USER",
        "WAITING_FOR_SETTABLE_VARIABLES, WAITING_FOR_USER",
        "WAITING_FOR_VT_SESSION, WAITING_FOR_USER"
    })
    void knowsAllThirteenStates(String status, RemoteStatus meaning) {
        assertEquals(meaning, execution(status, null, null).knownStatus().remoteStatus());
    }

    @ParameterizedTest
    @ValueSource(strings = {"successful", "SUCCESS", "SUCCESSFUL ", "UNKNOWN", "PARTLY_SUCCESSFUL"})
    void anyOtherWordIsNeitherSuccessNorEnd(String status) {
        assertEquals(
                RemoteStatus.UNKNOWN,
                execution(status, null, null).knownStatus().remoteStatus());
    }

    @ParameterizedTest
    @CsvSource({
        "INITIAL, 2026-03-01T12:00:01Z, true",
        "ENQUEUED, 2026-03-01T13:00:01+01:00, true",
        "INITIAL, 2026-03-01T12:00:00Z, false",
        "INITIAL, 2026-03-01T11:59:59Z, false",
        "INITIAL, tomorrow, false",
        "INITIAL, , false",
        "INPROGRESS, 2026-03-01T12:00:01Z, false",
        "SUCCESSFUL, 2026-03-01T12:00:01Z, false",
    })
    void isDelayedWhileItWaitsForALaterMoment(String status, String delayUntil, boolean delayed) {
        assertEquals(delayed, execution(status, null, delayUntil).delayedBeyond(NOON));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:00.000Z, true",
        "2026-03-01T14:00:00+02:00, true",
        "2026-03-01, false",
        "'', false",
        ", false"
    })
    void knowsWhenItEnded(String date, boolean known) {
        assertEquals(
                known ? Optional.of(NOON) : Optional.empty(),
                execution("FAILED", date, null).finishedAt());
    }

    private static BuddyExecution execution(String status, String finished, String delayUntil) {
        return new BuddyExecution(4L, status, null, null, null, finished, delayUntil);
    }
}
