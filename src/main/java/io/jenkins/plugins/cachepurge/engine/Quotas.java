package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import okhttp3.HttpUrl;

/** The quotas of all services and credentials of the controller. Safe for several threads. */
public final class Quotas {

    /** Whose requests a service counts together. */
    private record Key(String scheme, String place, int port, String credentialId) {
        @Override
        public String toString() {
            return "%s://%s:%d%s"
                    .formatted(
                            scheme, place, port, credentialId.isEmpty() ? "" : " with the credentials " + credentialId);
        }
    }

    private final InstantSource clock;
    private final Scheduler timer;
    private final RetryPolicy retryPolicy;
    private final Function<HttpUrl, OptionalInt> maxConcurrent;
    private final ConcurrentMap<Key, Quota> quotas = new ConcurrentHashMap<>();

    /** @param maxConcurrent what an administrator allows for a URL instead of what the service does; empty for that */
    public Quotas(
            InstantSource clock,
            Scheduler timer,
            RetryPolicy retryPolicy,
            Function<HttpUrl, OptionalInt> maxConcurrent) {
        this.clock = clock;
        this.timer = timer;
        this.retryPolicy = retryPolicy;
        this.maxConcurrent = maxConcurrent;
    }

    Quota of(ApiCall<?> call, String credentialId) {
        HttpUrl url = call.request().url();
        // Each address of a host is a server of its own, which others do not wait for.
        String place =
                call.request().addresses().map(rule -> rule.placeOf(url.host())).orElse(url.host());
        return quotas.computeIfAbsent(
                new Key(url.scheme(), place, url.port(), credentialId),
                key -> new Quota(key.toString(), clock, timer, retryPolicy));
    }

    QuotaSpec spec(ApiCall<?> call) {
        QuotaSpec published = call.quota();
        OptionalInt configured = maxConcurrent.apply(call.request().url());
        return configured.isPresent() ? published.withMaxConcurrent(configured.getAsInt()) : published;
    }
}
