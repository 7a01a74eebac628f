package io.jenkins.plugins.cachepurge.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which operations wait for things of the same list, so that the one whose time has come can ask for the others, too. Safe
 * for several threads.
 */
public final class PollBatcher {

    private final InstantSource clock;
    private final Map<Object, Map<AsyncDriver<?>, Instant>> waiting = new HashMap<>();

    public PollBatcher(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * @param list equal for all that may be asked about together
     * @param earliest when the one that waits may be asked about
     */
    synchronized void add(Object list, AsyncDriver<?> driver, Instant earliest) {
        waiting.computeIfAbsent(list, unused -> new LinkedHashMap<>()).put(driver, earliest);
    }

    /** @return false where it does not wait any more */
    synchronized boolean remove(Object list, AsyncDriver<?> driver) {
        Map<AsyncDriver<?>, Instant> all = waiting.getOrDefault(list, Map.of());
        boolean removed = all.containsKey(driver);
        if (removed) {
            all.remove(driver);
            forgetIfEmpty(list);
        }
        return removed;
    }

    /**
     * Ends the waiting of those that may be asked about now.
     *
     * @param least how many there have to be; with fewer none is taken
     */
    synchronized List<AsyncDriver<?>> take(Object list, int least) {
        Map<AsyncDriver<?>, Instant> all = waiting.getOrDefault(list, Map.of());
        Instant now = clock.instant();
        List<AsyncDriver<?>> ready = all.entrySet().stream()
                .filter(one -> !now.isBefore(one.getValue()))
                .<AsyncDriver<?>>map(Map.Entry::getKey)
                .toList();
        if (ready.size() < least) {
            return List.of();
        }
        all.keySet().removeAll(ready);
        forgetIfEmpty(list);
        return ready;
    }

    private void forgetIfEmpty(Object list) {
        if (waiting.get(list).isEmpty()) {
            waiting.remove(list);
        }
    }
}
