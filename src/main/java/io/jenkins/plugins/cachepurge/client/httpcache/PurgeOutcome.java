package io.jenkins.plugins.cachepurge.client.httpcache;

/** What a cache says it did. */
public enum PurgeOutcome {
    /** It does not hold the pages any more. */
    PURGED("purged"),
    /** It held no such page. */
    NOT_CACHED("not cached"),
    /** It does not hold such pages any more, and does not tell whether it did. */
    PURGED_OR_NOT_CACHED("purged if cached"),
    /** It asks the origin before it serves the page much longer. */
    STALE("marked as stale"),
    /** It took the request, and drops the pages soon. */
    ACCEPTED("accepted");

    private final String words;

    PurgeOutcome(String words) {
        this.words = words;
    }

    /** As in a result. */
    @Override
    public String toString() {
        return words;
    }
}
