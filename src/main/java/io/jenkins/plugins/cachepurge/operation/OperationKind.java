package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.input.LocalizedText;

/** What an operation is for. */
public enum OperationKind {
    /** Purges pages of a CDN, a cache or a site. */
    PURGE("kind.purge", true),
    /** Clears the cache of a pipeline. */
    CACHE("kind.cache", true),
    /** Clears the storage of a pipeline. */
    STORAGE("kind.storage", true),
    /** Reads the earlier purge requests of a CDN. */
    PURGE_HISTORY("kind.history", false),
    /** Reads one earlier purge request. */
    STATUS("kind.status", false),
    /** Runs a scheduled execution of a pipeline. */
    RUN("kind.run", false),
    /** Verifies what pages contain. */
    VERIFICATION("kind.verification", false),
    /** Lists the files that changed. */
    CHANGES("kind.changes", false),
    /** A step that was refused before it was known what it does. */
    STEP("kind.step", false);

    private final String key;
    private final boolean clears;

    OperationKind(String key, boolean clears) {
        this.key = key;
        this.clears = clears;
    }

    /** Its name for people, such as "purge history". */
    public LocalizedText text() {
        return LocalizedText.of(key);
    }

    /** Whether it empties something; the others only read, verify or run. */
    public boolean clears() {
        return clears;
    }
}
