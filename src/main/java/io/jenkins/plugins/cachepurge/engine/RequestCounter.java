package io.jenkins.plugins.cachepurge.engine;

import java.util.ArrayList;
import java.util.List;

/** Counts the requests of a session. Not safe for several threads. */
final class RequestCounter {

    private final int beforeRestart;
    private int acting;
    private int reading;
    private int shared;

    /** @param beforeRestart how many were sent before a restart */
    RequestCounter(int beforeRestart) {
        this.beforeRestart = beforeRestart;
    }

    /**
     * Counts a request.
     *
     * @param batched whether a list is to answer it
     * @param readOnly whether it only reads, such as a poll
     */
    void add(boolean batched, boolean readOnly) {
        if (batched) {
            shared++;
        } else if (readOnly) {
            reading++;
        } else {
            acting++;
        }
    }

    /** A poll that was to be shared is sent singly. */
    void uncountShared() {
        shared--;
        reading++;
    }

    int own() {
        return beforeRestart + acting + reading;
    }

    int shared() {
        return shared;
    }

    /** For the console, such as "2 requests, 10 polls, 26 shared polls". What they were before a restart is not known. */
    @Override
    public String toString() {
        boolean apart = beforeRestart == 0 && acting > 0 && reading > 0;
        List<String> counts = new ArrayList<>();
        counts.add(count(apart ? acting : own(), "request"));
        if (apart) {
            counts.add(count(reading, "poll"));
        }
        if (shared > 0) {
            counts.add(count(shared, "shared poll"));
        }
        return String.join(", ", counts);
    }

    private static String count(int number, String noun) {
        return "%d %s%s".formatted(number, noun, number == 1 ? "" : "s");
    }
}
