package io.jenkins.plugins.cachepurge.client.page;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the caches on the way did with a request, by their headers. */
public enum CacheOutcome {
    /** A copy that was still fresh. */
    HIT,
    /** No copy: the origin was asked. */
    MISS,
    /** A copy that was not fresh any more, perhaps while another request fetches a new one. */
    STALE,
    /** A copy that the origin has confirmed. */
    REVALIDATED,
    /** Passed on, since it is not cached. */
    BYPASS;

    /** The words of CDNs and caches, in lower case, for headers other than {@code Cache-Status}. */
    private static final Map<String, CacheOutcome> WORDS = Map.ofEntries(
            Map.entry("hit", HIT),
            Map.entry("tcp_hit", HIT),
            Map.entry("tcp_mem_hit", HIT),
            Map.entry("tcp_remote_hit", HIT),
            Map.entry("miss", MISS),
            Map.entry("tcp_miss", MISS),
            Map.entry("expired", MISS),
            Map.entry("stale", STALE),
            Map.entry("updating", STALE),
            Map.entry("revalidated", REVALIDATED),
            Map.entry("refreshhit", REVALIDATED),
            Map.entry("bypass", BYPASS),
            Map.entry("dynamic", BYPASS),
            Map.entry("pass", BYPASS));

    /** @return empty for a word that no known service uses */
    static Optional<CacheOutcome> ofWord(String word) {
        return Optional.ofNullable(WORDS.get(word.toLowerCase(Locale.ROOT)));
    }

    /** Whether it is a copy of a cache, which may be old. */
    boolean isCopy() {
        return this == HIT || this == STALE || this == REVALIDATED;
    }

    /** In a Jenkinsfile and in messages, such as {@code hit}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
