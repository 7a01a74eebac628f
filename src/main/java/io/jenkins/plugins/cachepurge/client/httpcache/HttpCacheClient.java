package io.jenkins.plugins.cachepurge.client.httpcache;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import java.io.Serializable;

/** A kind of cache: how it is asked to drop pages, and which of its answers mean that it did. */
public sealed interface HttpCacheClient extends Serializable permits VarnishClient, NginxClient, PurgeMethodClient {

    /** Its name, such as "Varnish". */
    String service();

    /**
     * Drops pages. A repeat finds nothing more to drop, and is harmless.
     *
     * @param cache one instance
     * @throws IllegalArgumentException where this kind of cache knows no such request
     */
    ApiCall<PurgeOutcome> purge(ApiUrl cache, PurgeScope pages);
}
