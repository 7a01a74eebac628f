package io.jenkins.plugins.cachepurge.client.httpcache;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Client for a kind of cache: creates purge requests, and decides which responses confirm them. */
public sealed interface HttpCacheClient extends Serializable permits VarnishClient, NginxClient, PurgeMethodClient {

    /** Headers of their requests, in lower case, besides Host and Accept. */
    Set<String> OWN_HEADERS = Set.of(
            "apiplatform-ban-regex",
            "cache-tags",
            "purge-cache-tags",
            "x-ban",
            "x-cache-tags",
            "x-content-type",
            "x-host",
            "x-magento-tags-pattern",
            "x-purge",
            "x-purge-tags",
            "x-url",
            "xkey",
            "xkey-purge",
            "xkey-softpurge");

    /** Its name, such as "Varnish". */
    String service();

    /**
     * Purges pages; idempotent.
     *
     * @param cache one instance
     * @throws IllegalArgumentException if this kind of cache has no such request
     */
    ApiCall<PurgeOutcome> purge(ApiUrl cache, PurgeScope pages);

    /**
     * Cuts a list of tags so that each part fits into a request.
     *
     * @throws IllegalArgumentException if this kind of cache has no tags
     */
    default List<List<String>> batches(List<String> tags) {
        throw new IllegalArgumentException(service() + " has no tags");
    }

    /**
     * A request that must succeed before the purge of such pages, since otherwise its confirmation may mean something
     * else; idempotent. Empty if none is needed.
     */
    default Optional<ApiCall<DialectProbe>> dialectProbe(ApiUrl cache, PurgeScope pages) {
        return Optional.empty();
    }
}
