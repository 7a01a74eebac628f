package io.jenkins.plugins.cachepurge.credentials;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Exchanges;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.operation.Authenticator;
import io.jenkins.plugins.cachepurge.operation.CredentialsException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One exchange that only reads, to see whether what a form says would work.
 *
 * @param call must read only
 * @param found what to tell about the answer
 */
public record ConnectionTest<T>(ApiCall<T> call, Access access, Function<T, String> found) {

    /** So long a person looks at a button. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public ConnectionTest {
        if (!call.request().reads()) {
            throw new IllegalArgumentException("a test must not " + call.purpose());
        }
    }

    /**
     * Makes the exchange, once.
     *
     * @return what was found, for the person who tests
     * @throws ApiException where the service refuses, or cannot be reached
     */
    String run(Exchanges exchanges, CredentialsSource source) throws ApiException, CredentialsException {
        Authenticator authenticator = access.from(source);
        CompletableFuture<Outcome<T>> future = new CompletableFuture<>();
        exchanges.send(call, authenticator.authenticate(), PATIENCE, future::complete);
        Outcome<T> outcome = future.join();
        if (outcome instanceof Outcome.Failed<T> failed) {
            throw failed.problem();
        }
        return found.apply(((Outcome.Answered<T>) outcome).value());
    }
}
