package io.jenkins.plugins.cachepurge.changes;

import hudson.Extension;
import hudson.ExtensionList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Purges of changes, by what they purge: one after the other, since a purge compares with what the one before has purged.
 * Nothing blocks.
 */
@Extension
public final class PurgeQueue {

    private final Map<String, Deque<Place>> queues = new HashMap<>();

    static PurgeQueue get() {
        return ExtensionList.lookupSingleton(PurgeQueue.class);
    }

    /** Place in a queue, until it is left. */
    final class Place {

        private final String key;
        private final String owner;
        private final Runnable turn;

        private Place(String key, String owner, Runnable turn) {
            this.key = key;
            this.owner = owner;
            this.turn = turn;
        }

        /** Whom it waits for; empty if it is the first. */
        Optional<String> waitsFor() {
            synchronized (queues) {
                Deque<Place> queue = queues.get(key);
                return queue == null || queue.peekFirst() == this
                        ? Optional.empty()
                        : Optional.of(queue.getFirst().owner);
            }
        }

        /** Leaves the queue, in which the next one becomes the first. */
        void leave() {
            Place next;
            synchronized (queues) {
                Deque<Place> queue = queues.get(key);
                if (queue == null) {
                    return;
                }
                boolean wasFirst = queue.peekFirst() == this;
                queue.remove(this);
                if (queue.isEmpty()) {
                    queues.remove(key);
                }
                next = wasFirst ? queue.peekFirst() : null;
            }
            if (next != null) {
                next.turn.run();
            }
        }
    }

    /**
     * Joins a queue.
     *
     * @param owner for messages, such as "build 87"
     * @param turn called once, when it is the first; must not block
     */
    Place join(String key, String owner, Runnable turn) {
        Place place = new Place(key, owner, turn);
        boolean first;
        synchronized (queues) {
            Deque<Place> queue = queues.computeIfAbsent(key, unused -> new ArrayDeque<>());
            queue.addLast(place);
            first = queue.peekFirst() == place;
        }
        if (first) {
            turn.run();
        }
        return place;
    }
}
