package io.jenkins.plugins.cachepurge.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the parts of a session have in common: its deadlines, its counter of requests, its messages, and what has to be saved.
 * Not safe for several threads.
 *
 * @param actUntil after that only what reads is sent
 * @param readUntil after that nothing is sent
 */
record SessionContext(
        Instant startedAt,
        Duration timeout,
        Instant actUntil,
        Instant readUntil,
        RetryPolicy retryPolicy,
        RequestCounter requests,
        List<String> messages,
        List<CheckpointEntry> unsaved) {

    SessionContext(
            Instant startedAt,
            Duration timeout,
            Instant actUntil,
            Instant readUntil,
            RetryPolicy retryPolicy,
            RequestCounter requests) {
        this(startedAt, timeout, actUntil, readUntil, retryPolicy, requests, new ArrayList<>(), new ArrayList<>());
    }

    void message(String line) {
        messages.add(line);
    }
}
