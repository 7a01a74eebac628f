package io.jenkins.plugins.cachepurge.steps;

import io.jenkins.plugins.cachepurge.client.http.AddressLookupCall;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Lines on the console about servers whose names have several addresses, of which only one is asked. A name that cannot be
 * looked up has none: a proxy may know it.
 *
 * @param executor for the console, which may block
 */
record SeveralAddressesNotice(ApiTransport transport, Executor executor, Consumer<String> console) {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Looks the names up; does not wait. */
    void begin(List<ApiUrl> urls) {
        urls.forEach(url -> transport.send(
                AddressLookupCall.of("the cache", url), Signer.NONE, LIMIT, outcome -> found(url, outcome)));
    }

    private void found(ApiUrl url, Outcome<List<String>> outcome) {
        if (outcome instanceof Outcome.Success<List<String>> found
                && found.value().size() > 1) {
            String line = "The host of %s has %d addresses, and one of them is asked; addresses: 'all' asks each"
                    .formatted(url, found.value().size());
            executor.execute(() -> console.accept(line));
        }
    }
}
