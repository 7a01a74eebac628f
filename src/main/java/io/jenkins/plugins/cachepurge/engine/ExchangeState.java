package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import java.time.Instant;

/** How far a part's exchange is, from its preparation to its outcome. Not safe for several threads. */
final class ExchangeState {

    private boolean busy;
    private ApiCall<?> inFlight;
    private Instant sentAt;
    private Instant begunAt = Instant.EPOCH;

    /** Whether it is being prepared or under way. */
    boolean isBusy() {
        return busy;
    }

    /** It is being prepared. */
    void reserve() {
        busy = true;
    }

    /** It begins. */
    void begin(Instant time) {
        busy = true;
        begunAt = time;
    }

    /** When the last one began. */
    Instant begunAt() {
        return begunAt;
    }

    /** It is under way. */
    void markInFlight(ApiCall<?> call) {
        inFlight = call;
    }

    /** What is under way; null for nothing. */
    ApiCall<?> inFlight() {
        return inFlight;
    }

    /** It must not simply be repeated, and may have been sent. */
    void markSent(Instant time) {
        sentAt = time;
    }

    /** It is no longer under way. */
    void end() {
        busy = false;
        inFlight = null;
    }

    /**
     * It has an outcome, or was not sent.
     *
     * @return when it began, if it must not simply be repeated; else null
     */
    Instant drop() {
        end();
        Instant sent = sentAt;
        sentAt = null;
        return sent;
    }
}
