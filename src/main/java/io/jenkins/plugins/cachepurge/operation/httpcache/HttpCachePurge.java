package io.jenkins.plugins.cachepurge.operation.httpcache;

import io.jenkins.plugins.cachepurge.client.http.AddressLookupCall;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.httpcache.HttpCacheClient;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.FailedState;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.ResultList;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Purge of an HTTP cache: at all of its instances side by side, and of each all pages side by side. An instance that
 * does not respond does not delay the others.
 *
 * @param provider the provider's symbol in a Jenkinsfile
 * @param instances their URLs, at least one
 * @param options how they are asked
 */
public record HttpCachePurge(
        String provider, HttpCacheClient client, PurgeScopes scopes, List<ApiUrl> instances, CacheOptions options) {

    public HttpCachePurge {
        scopes = scopes.inBatches(client);
    }

    /** A purge without options. */
    public HttpCachePurge(String provider, HttpCacheClient client, PurgeScopes scopes, List<ApiUrl> instances) {
        this(provider, client, scopes, instances, CacheOptions.DEFAULT);
    }

    /** The purge as an operation. */
    public Operation<HttpCachePurge, PurgeResult> operation() {
        State<HttpCachePurge, PurgeResult> first =
                options.addresses().isAll() ? new LookingUp(List.of()) : new Purging(List.of());
        return Operation.of(description(), this, first);
    }

    OperationDescription description() {
        LocalizedText target = instances.size() == 1
                ? LocalizedText.inOneLanguage(instances.get(0).toString())
                : LocalizedText.of("target.instances", instances.size());
        return OperationDescription.purge(client.service(), target);
    }

    /**
     * State in which the addresses of the instances' names are looked up.
     *
     * @param found those of the first names
     */
    private record LookingUp(List<List<String>> found) implements State<HttpCachePurge, PurgeResult> {

        @Override
        public Next<HttpCachePurge, PurgeResult> next(HttpCachePurge purge) {
            ApiUrl instance = purge.instances().get(found.size());
            ApiCall<List<String>> call = AddressLookupCall.of(purge.client().service(), instance);
            return Next.exchange(call, addresses -> purge.afterLookup(found, addresses));
        }
    }

    private State<HttpCachePurge, PurgeResult> afterLookup(List<List<String>> found, List<String> addresses) {
        List<List<String>> all = new ArrayList<>(found);
        all.add(List.copyOf(addresses));
        return all.size() == instances.size() ? new Purging(List.copyOf(all)) : new LookingUp(List.copyOf(all));
    }

    /**
     * State in which the instances are purged. A restart goes on with the addresses that were found before.
     *
     * @param addresses that were looked up for each instance; empty if none were
     */
    private record Purging(List<List<String>> addresses) implements State<HttpCachePurge, PurgeResult> {

        @Override
        public Next<HttpCachePurge, PurgeResult> next(HttpCachePurge purge) {
            List<CacheInstance> places = purge.places(addresses);
            return new Next.RunParts<>(
                    new InstanceParts(purge, places),
                    ResultList<OutcomeCounts>::new,
                    outcomes -> purge.end(places, outcomes.inOrder()));
        }
    }

    /** Each address of each instance. */
    private List<CacheInstance> places(List<List<String>> lookedUp) {
        List<CacheInstance> places = new ArrayList<>();
        for (int i = 0; i < instances.size(); i++) {
            List<String> addresses = lookedUp.isEmpty() ? options.addresses().listed() : lookedUp.get(i);
            ApiUrl url = instances.get(i);
            if (addresses.isEmpty()) {
                places.add(new CacheInstance(url, ""));
            }
            addresses.forEach(address -> places.add(new CacheInstance(url, address)));
        }
        return List.copyOf(places);
    }

    private State<HttpCachePurge, PurgeResult> end(List<CacheInstance> places, List<OutcomeCounts> outcomes) {
        CachePurgeResult end = new CachePurgeResult(
                this, places.stream().map(CacheInstance::toString).toList(), outcomes);
        return end.isFailure() ? new FailedState<>(end.failure()) : new SucceededState<>(end.result());
    }
}
