package io.jenkins.plugins.cachepurge.operation.httpcache;

import io.jenkins.plugins.cachepurge.client.http.AddressRule;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import java.io.Serializable;

/**
 * Instance of a cache.
 *
 * @param address where its host is to be found, as a name or an address; empty for wherever that resolves to
 */
record CacheInstance(ApiUrl url, String address) implements Serializable {

    /** The exchange at this instance. */
    <T> ApiCall<T> call(ApiCall<T> call, CacheOptions options) {
        ApiRequest request = call.request().withMoreHeaders(options.headers());
        return address.isEmpty()
                ? call.withRequest(request)
                : call.withRequest(request.withAddresses(AddressRule.only(address)))
                        .withPurpose("%s (%s)".formatted(call.purpose(), address));
    }

    /** Such as "http://varnish.example.org:6081 (10.0.0.7)". */
    @Override
    public String toString() {
        return address.isEmpty() ? url.toString() : "%s (%s)".formatted(url, address);
    }
}
