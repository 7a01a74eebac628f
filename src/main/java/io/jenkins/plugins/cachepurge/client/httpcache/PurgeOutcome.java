package io.jenkins.plugins.cachepurge.client.httpcache;

/** Effect of a purge that a cache reports. */
public enum PurgeOutcome {
    /** The pages were cached, and are not any more. */
    PURGED("purged"),
    /** There was no such page. */
    NOT_CACHED("not cached"),
    /** Such pages are not cached any more; whether they were is not reported. */
    PURGED_OR_NOT_CACHED("purged if cached"),
    /** The page is revalidated soon. */
    STALE("marked as stale"),
    /** The purge was accepted, and is done in the background. */
    ACCEPTED("accepted");

    private final String words;

    PurgeOutcome(String words) {
        this.words = words;
    }

    /** The status in a result. */
    @Override
    public String toString() {
        return words;
    }
}
