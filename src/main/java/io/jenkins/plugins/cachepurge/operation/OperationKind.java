package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.input.LocalizedText;

/** What an operation is for. */
public enum OperationKind {
    /** Purges pages of a CDN or a cache. */
    PURGE("kind.purge", "purge", true),
    /** Purges pages of a site. */
    SITE_PURGE("kind.sitePurge", "purge", true),
    /** Clears the cache of a pipeline. */
    CACHE("kind.cache", "cache", true),
    /** Clears the storage of a pipeline. */
    STORAGE("kind.storage", "storage", true),
    /** Reads the earlier purge requests of a CDN. */
    PURGE_HISTORY("kind.history", "purge history", false),
    /** Reads one earlier purge request. */
    STATUS("kind.status", "status", false),
    /** Runs a scheduled execution of a pipeline. */
    RUN("kind.run", "run", false),
    /** Verifies what pages contain. */
    VERIFICATION("kind.verification", "verification", false),
    /** Lists the files that changed. */
    CHANGES("kind.changes", "list of changes", false),
    /** A step that was refused before it was known what it does. */
    STEP("kind.step", "step", false);

    private final String key;
    private final String word;
    private final boolean clears;

    OperationKind(String key, String word, boolean clears) {
        this.key = key;
        this.word = word;
        this.clears = clears;
    }

    /**
     * Title of an operation of this kind, such as "Scaleway Edge Services purge history".
     *
     * @param service the name of the service
     */
    public LocalizedText title(LocalizedText service) {
        return LocalizedText.of(key, service);
    }

    /** Its name in the REST API, such as "purge history". */
    public String word() {
        return word;
    }

    /** Whether it empties something; the others only read, verify or run. */
    public boolean clears() {
        return clears;
    }

    /** Whether it purges pages. */
    public boolean isPurge() {
        return this == PURGE || this == SITE_PURGE;
    }
}
