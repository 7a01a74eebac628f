package io.jenkins.plugins.cachepurge.simulator;

/**
 * A purge that a {@link BunnySimulator} took.
 *
 * @param kind what of
 * @param what the URL, the prefix without its wildcard, the tag, or nothing for everything of a pull zone
 * @param pullZoneId 0 for an URL or a prefix
 * @param async whether the client did not wait
 */
public record RecordedBunnyPurge(Kind kind, String what, long pullZoneId, boolean async) {

    /** What a purge is of. */
    public enum Kind {
        URL,
        PREFIX,
        TAG,
        ALL
    }
}
