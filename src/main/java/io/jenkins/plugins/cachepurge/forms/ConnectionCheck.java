package io.jenkins.plugins.cachepurge.forms;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.config.OperationRuntime;
import io.jenkins.plugins.cachepurge.credentials.CredentialsSource;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.engine.SignerProvider;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Connection test of a form: one exchange that only reads.
 *
 * @param call must read only
 * @param found creates the message for the user
 */
public record ConnectionCheck<T>(ApiCall<T> call, ServiceEndpoint endpoint, Function<T, String> found) {

    /** A user waits for the response. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    public ConnectionCheck {
        if (!call.request().readOnly()) {
            throw new IllegalArgumentException("a test must not " + call.purpose());
        }
    }

    /**
     * Sends the request, once. Looking up credentials and waiting for a connection count, too.
     *
     * @return what was found, for the user
     * @throws ApiException if the service refuses, or does not respond in time
     */
    String run(OperationRuntime runtime, CredentialsSource source) throws ApiException, CredentialsException {
        Exchange<T> exchange = new Exchange<>(call, endpoint.signerFrom(source), runtime.transport());
        runtime.callbackExecutor().execute(exchange::start);
        return found.apply(exchange.await());
    }

    /** The exchange, from looking up the credentials to its outcome. */
    private static final class Exchange<T> {

        private final ApiCall<T> call;
        private final SignerProvider signers;
        private final ApiTransport transport;
        private final CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();

        Exchange(ApiCall<T> call, SignerProvider signers, ApiTransport transport) {
            this.call = call;
            this.signers = signers;
            this.transport = transport;
        }

        /** May block. */
        @SuppressWarnings("PMD.AvoidCatchingThrowable")
        void start() {
            try {
                Signer signer = signers.signer();
                if (!outcome.isDone()) {
                    Cancellable underWay = transport.send(call, signer, TIMEOUT, outcome::complete);
                    outcome.whenComplete((result, problem) -> underWay.cancel());
                }
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        }

        T await() throws ApiException, CredentialsException {
            try {
                Outcome<T> result = outcome.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                if (result instanceof Outcome.Success<T> success) {
                    return success.value();
                }
                throw ((Outcome.Failure<T>) result).problem();
            } catch (TimeoutException e) {
                outcome.cancel(false);
                throw timedOut();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                outcome.cancel(false);
                throw timedOut();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof CredentialsException expected) {
                    throw expected;
                }
                throw new IllegalStateException(e.getCause());
            }
        }

        private ApiException timedOut() {
            return ApiException.timedOut(
                    call.service(),
                    "The request to " + call.purpose(),
                    TIMEOUT,
                    "no response; the service or the lookup of the credentials is slow");
        }
    }
}
