package io.jenkins.plugins.cachepurge.client.scaleway;

/** Order in which purge requests are listed. */
public enum SortOrder {
    OLDEST_FIRST("created_at_asc"),
    NEWEST_FIRST("created_at_desc");

    private final String word;

    SortOrder(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
