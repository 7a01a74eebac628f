package io.jenkins.plugins.cachepurge.cdn;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Via;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.httpcache.CacheOptions;
import io.jenkins.plugins.cachepurge.operation.httpcache.HttpCachePurge;
import io.jenkins.plugins.cachepurge.operation.httpcache.InstanceAddressOption;
import io.jenkins.plugins.cachepurge.operation.httpcache.PurgeScopes;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Instances of a cache that a job purges, with checked parameters.
 *
 * @param host of pages without a host; empty for that of the cache's own URL
 */
record HttpCacheTarget(
        HttpCacheProvider provider, List<ApiUrl> instances, String host, CacheOptions options, ServiceEndpoint endpoint)
        implements CdnTarget {

    @Override
    public String name() {
        return instances.stream().map(ApiUrl::toString).collect(Collectors.joining(", "));
    }

    @Override
    public List<ApiUrl> urlsWithAnyAddress() {
        boolean any = options.addresses().equals(InstanceAddressOption.ANY);
        // An agent has a resolver of its own.
        return any && provider.getVia().equals(Via.CONTROLLER.toString())
                ? instances.stream().filter(url -> !url.isAtAddress()).toList()
                : List.of();
    }

    /** The host of the cache's own URL is mostly not one of the pages. */
    @Override
    public boolean knowsHosts() {
        return !host.isEmpty();
    }

    /** An instance may have pages of many hosts. */
    @Override
    public String identity() {
        return host.isEmpty() ? name() : "%s of %s".formatted(host, name());
    }

    @Override
    public Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions purgeOptions) {
        PurgeScopes scopes = new PurgeScopes(selection, host);
        provider.check(scopes, purgeOptions);
        String symbol = provider.getDescriptor().symbolName();
        return new HttpCachePurge(symbol, provider.client(purgeOptions), scopes, instances, options).operation();
    }
}
