package io.jenkins.plugins.cachepurge.client.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** Map of a limited size: the least recently used entry is dropped first. */
final class RecentEntries<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int maxEntries;

    RecentEntries(int maxEntries) {
        super(maxEntries, 0.75f, true);
        this.maxEntries = maxEntries;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > maxEntries;
    }
}
