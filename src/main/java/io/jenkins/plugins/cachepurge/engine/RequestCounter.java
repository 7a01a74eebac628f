package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
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
        count(batched, readOnly, 1);
    }

    /** Counts a request no more, since the service has not received it. */
    void remove(boolean batched, boolean readOnly) {
        count(batched, readOnly, -1);
    }

    private void count(boolean batched, boolean readOnly, int number) {
        if (batched) {
            shared += number;
        } else if (readOnly) {
            reading += number;
        } else {
            acting += number;
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

    /** For people, such as "2 requests, 10 polls, 26 shared polls". What they were before a restart is not known, nor what was sent after the last checkpoint. */
    LocalizedText text() {
        boolean apart = beforeRestart == 0 && acting > 0 && reading > 0;
        List<LocalizedText> counts = new ArrayList<>();
        counts.add(requests(apart ? acting : own()));
        if (apart) {
            counts.add(polls());
        }
        if (shared > 0) {
            counts.add(sharedPolls());
        }
        LocalizedText all = LocalizedText.list(counts.stream());
        return beforeRestart == 0 ? all : LocalizedText.of("count.atLeast", all);
    }

    private static LocalizedText requests(int number) {
        return number == 1 ? LocalizedText.of("count.oneRequest") : LocalizedText.of("count.requests", number);
    }

    private LocalizedText polls() {
        return reading == 1 ? LocalizedText.of("count.onePoll") : LocalizedText.of("count.polls", reading);
    }

    private LocalizedText sharedPolls() {
        return shared == 1 ? LocalizedText.of("count.oneSharedPoll") : LocalizedText.of("count.sharedPolls", shared);
    }
}
