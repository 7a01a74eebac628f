package io.jenkins.plugins.cachepurge.client.akamai;

import java.util.Locale;

/** What the objects of a purge are; a request has objects of one type. */
public enum AkamaiObjectType {
    /** URLs of pages; http and https are both purged. */
    URL("URL", 10_000),
    /** Numbers of content provider codes, which stand for all that is delivered under them. */
    CPCODE("CP code", 100),
    /** Tags of the header {@code Edge-Cache-Tag}. */
    TAG("tag", 1_000);

    private final String noun;
    private final int maxObjects;

    AkamaiObjectType(String noun, int maxObjects) {
        this.noun = noun;
        this.maxObjects = maxObjects;
    }

    /** Segment of the API's path. */
    String segment() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One of them, for messages. */
    String noun() {
        return noun;
    }

    /**
     * Maximum number of objects in a request. Akamai takes as many as its token bucket holds, which takes minutes to fill for
     * CP codes and tags: 300 and 30 a minute, 5,000 and 500 a minute.
     */
    public int maxObjects() {
        return maxObjects;
    }
}
