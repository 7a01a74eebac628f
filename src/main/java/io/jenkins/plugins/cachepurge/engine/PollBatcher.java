package io.jenkins.plugins.cachepurge.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups operations whose polls one list request can answer; the first one that is due sends it for all. Safe for several
 * threads.
 */
public final class PollBatcher {

    private final InstantSource clock;
    private final Map<Object, Map<AsyncDriver<?>, Instant>> waiting = new HashMap<>();

    public PollBatcher(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Adds an operation that waits for its next poll.
     *
     * @param key equal for all whose polls one list can answer
     * @param earliest when its poll may be sent with that of another
     */
    synchronized void add(Object key, AsyncDriver<?> driver, Instant earliest) {
        waiting.computeIfAbsent(key, unused -> new LinkedHashMap<>()).put(driver, earliest);
    }

    /** @return false if it was not waiting any more */
    synchronized boolean remove(Object key, AsyncDriver<?> driver) {
        Map<AsyncDriver<?>, Instant> all = waiting.getOrDefault(key, Map.of());
        boolean removed = all.containsKey(driver);
        if (removed) {
            all.remove(driver);
            dropIfEmpty(key);
        }
        return removed;
    }

    /**
     * Removes and returns the operations whose polls may be sent now.
     *
     * @param min how many there have to be; if there are fewer, none is removed
     */
    synchronized List<AsyncDriver<?>> take(Object key, int min) {
        Map<AsyncDriver<?>, Instant> all = waiting.getOrDefault(key, Map.of());
        Instant now = clock.instant();
        List<AsyncDriver<?>> ready = all.entrySet().stream()
                .filter(entry -> !now.isBefore(entry.getValue()))
                .<AsyncDriver<?>>map(Map.Entry::getKey)
                .toList();
        if (ready.size() < min) {
            return List.of();
        }
        all.keySet().removeAll(ready);
        dropIfEmpty(key);
        return ready;
    }

    private void dropIfEmpty(Object key) {
        if (waiting.containsKey(key) && waiting.get(key).isEmpty()) {
            waiting.remove(key);
        }
    }
}
