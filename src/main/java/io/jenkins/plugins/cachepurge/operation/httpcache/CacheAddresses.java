package io.jenkins.plugins.cachepurge.operation.httpcache;

import java.util.List;

/**
 * Addresses at which an instance of a cache is purged.
 *
 * @param isAll whether all addresses of its name are
 * @param listed names or addresses that stand for its host; empty for what the host resolves to
 */
public record CacheAddresses(boolean isAll, List<String> listed) {

    /** One of the addresses of its name, as the connection is made. */
    public static final CacheAddresses ANY = new CacheAddresses(false, List.of());

    /** All addresses of its name. */
    public static final CacheAddresses ALL = new CacheAddresses(true, List.of());

    public CacheAddresses {
        listed = List.copyOf(listed);
    }
}
