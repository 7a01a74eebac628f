package io.jenkins.plugins.cachepurge.client.gcore;

/** Type of a purge. */
public enum GcorePurgeType {
    BY_URL("purge_by_url"),
    BY_PATTERN("purge_by_pattern"),
    ALL("purge_all");

    private final String word;

    GcorePurgeType(String word) {
        this.word = word;
    }

    /** Gcore's own. */
    public String word() {
        return word;
    }
}
