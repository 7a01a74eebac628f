package io.jenkins.plugins.cachepurge.client.httpcache;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import java.io.Serializable;
import java.util.Set;

/** Client for a kind of cache: creates purge requests, and decides which responses confirm them. */
public sealed interface HttpCacheClient extends Serializable permits VarnishClient, NginxClient, PurgeMethodClient {

    /** Headers of their requests, in lower case, besides Host and Accept. */
    Set<String> OWN_HEADERS = Set.of("x-ban", "x-purge");

    /** Its name, such as "Varnish". */
    String service();

    /**
     * Purges pages; idempotent.
     *
     * @param cache one instance
     * @throws IllegalArgumentException if this kind of cache has no such request
     */
    ApiCall<PurgeOutcome> purge(ApiUrl cache, PurgeScope pages);
}
