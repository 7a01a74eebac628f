package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the parts of a session have in common: its deadlines, its counter of requests, its messages, and what has to be saved.
 * Not safe for several threads.
 *
 * @param actUntil after that only what reads is sent
 * @param readUntil after that nothing is sent
 * @param reached hosts that have answered
 * @param lastProblem of an exchange that was repeated
 * @param sequences the status of each part of the sequences, by the parts that they make up
 * @param exchanges that have ended since the listener was told last
 */
record SharedSessionState(
        Instant startedAt,
        Duration timeout,
        Instant actUntil,
        Instant readUntil,
        RetryPolicy retryPolicy,
        RequestCounter requests,
        List<LocalizedText> messages,
        List<CheckpointEntry> unsaved,
        SaveSchedule saves,
        ResolvedHosts reached,
        RepeatedProblem lastProblem,
        SortedMap<PartPath, SequentialPartsStatus> sequences,
        List<EndedExchange> exchanges) {

    SharedSessionState(
            LocalizedText operation,
            Instant startedAt,
            Duration timeout,
            Instant actUntil,
            Instant readUntil,
            RetryPolicy retryPolicy,
            RequestCounter requests,
            Instant now) {
        this(
                startedAt,
                timeout,
                actUntil,
                readUntil,
                retryPolicy,
                requests,
                new ArrayList<>(),
                new ArrayList<>(),
                new SaveSchedule(startedAt, now),
                new ResolvedHosts(requests.own() > 0),
                new RepeatedProblem(operation),
                new TreeMap<>(),
                new ArrayList<>());
    }

    /** Whether a service asks for a pause that ends after nothing is sent any more. */
    boolean isTooLate(Instant now, ApiException refused) {
        return refused.retryAfter()
                .filter(pause -> now.plus(pause).isAfter(readUntil))
                .isPresent();
    }

    /** Name of the part of a sequence that a part belongs to; empty if there is none. */
    private String sequencePart(PartPath path) {
        return sequences.entrySet().stream()
                .filter(sequence -> path.isBelow(sequence.getKey()))
                .flatMap(sequence -> sequence.getValue().nameOfRunning(path.indexBelow(sequence.getKey())).stream())
                .findFirst()
                .orElse("");
    }

    /** An exchange of a part has ended. */
    void exchangeEnded(PartPath path, Instant begunAt, Instant endedAt, Outcome<?> outcome) {
        boolean failed = outcome instanceof Outcome.Failure<?>;
        exchanges.add(new EndedExchange(sequencePart(path), begunAt, endedAt, failed));
    }

    void message(LocalizedText line) {
        lastProblem.end().ifPresent(messages::add);
        messages.add(line);
    }
}
