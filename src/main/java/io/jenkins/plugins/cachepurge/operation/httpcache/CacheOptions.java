package io.jenkins.plugins.cachepurge.operation.httpcache;

import java.util.Map;

/**
 * How the instances of a cache are asked, and how their answers are judged.
 *
 * @param headers of each request, besides those of the client
 * @param notCached what follows if nothing was cached
 * @param addresses at which each instance is asked
 */
public record CacheOptions(Map<String, String> headers, NotCached notCached, InstanceAddressOption addresses) {

    /** No further headers, and a warning if nothing was cached. */
    public static final CacheOptions DEFAULT = new CacheOptions(Map.of(), NotCached.WARN, InstanceAddressOption.ANY);

    /** Options for instances that are asked at one of their addresses. */
    public CacheOptions(Map<String, String> headers, NotCached notCached) {
        this(headers, notCached, InstanceAddressOption.ANY);
    }

    public CacheOptions {
        headers = Map.copyOf(headers);
    }
}
