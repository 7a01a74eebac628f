package io.jenkins.plugins.cachepurge.forms;

import io.jenkins.plugins.cachepurge.credentials.CredentialsSource;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.engine.SignerProvider;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One exchange that only reads, to see whether what a form says would work.
 *
 * @param call must read only
 * @param found what to tell about the answer
 */
public record ConnectionCheck<T>(ApiCall<T> call, ServiceEndpoint access, Function<T, String> found) {

    /** So long a person looks at a button. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public ConnectionCheck {
        if (!call.request().readOnly()) {
            throw new IllegalArgumentException("a test must not " + call.purpose());
        }
    }

    /**
     * Makes the exchange, once.
     *
     * @return what was found, for the person who tests
     * @throws ApiException where the service refuses, or cannot be reached
     */
    String run(ApiTransport exchanges, CredentialsSource source) throws ApiException, CredentialsException {
        SignerProvider authenticator = access.signerFrom(source);
        CompletableFuture<Outcome<T>> future = new CompletableFuture<>();
        exchanges.send(call, authenticator.signer(), PATIENCE, future::complete);
        Outcome<T> outcome = future.join();
        if (outcome instanceof Outcome.Failure<T> failed) {
            throw failed.problem();
        }
        return found.apply(((Outcome.Success<T>) outcome).value());
    }
}
