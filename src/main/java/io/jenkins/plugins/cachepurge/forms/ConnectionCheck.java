package io.jenkins.plugins.cachepurge.forms;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.config.OperationRuntime;
import io.jenkins.plugins.cachepurge.credentials.CredentialsSource;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.engine.SignerProvider;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Connection test of a form: exchanges that only read.
 *
 * @param call must read only
 * @param found creates the message for the user
 * @param next creates a further test, whose message is shown instead; empty for none
 */
public record ConnectionCheck<T>(
        ApiCall<T> call,
        ServiceEndpoint endpoint,
        Function<T, String> found,
        Optional<Function<T, ConnectionCheck<?>>> next) {

    /** A user waits for the response. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    public ConnectionCheck {
        if (!call.request().readOnly()) {
            throw new IllegalArgumentException("a test must not " + call.purpose());
        }
    }

    /** A test of one exchange. */
    public ConnectionCheck(ApiCall<T> call, ServiceEndpoint endpoint, Function<T, String> found) {
        this(call, endpoint, found, Optional.empty());
    }

    /**
     * A test that goes on with another one.
     *
     * @param next created from the first response
     */
    public static <T> ConnectionCheck<T> followedBy(
            ApiCall<T> call, ServiceEndpoint endpoint, Function<T, ConnectionCheck<?>> next) {
        return new ConnectionCheck<>(call, endpoint, found -> "", Optional.of(next));
    }

    /**
     * Sends each request once. Looking up credentials and waiting for a connection count, too.
     *
     * @return what was found, for the user
     * @throws ApiException if the service refuses, or does not respond in time
     */
    String run(OperationRuntime runtime, CredentialsSource source) throws ApiException, CredentialsException {
        Exchange<T> exchange = new Exchange<>(call, endpoint.signerFrom(source), runtime);
        runtime.callbackExecutor().execute(exchange::start);
        T result = exchange.await();
        return next.isPresent() ? next.get().apply(result).run(runtime, source) : found.apply(result);
    }

    /** The exchange, from looking up the credentials to its outcome. */
    private static final class Exchange<T> {

        private final ApiCall<T> call;
        private final SignerProvider signers;
        private final OperationRuntime runtime;
        private final CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();

        Exchange(ApiCall<T> call, SignerProvider signers, OperationRuntime runtime) {
            this.call = call;
            this.signers = signers;
            this.runtime = runtime;
        }

        /** May block. */
        void start() {
            start(true);
        }

        /** @param first false if an access token was refused before */
        @SuppressWarnings("PMD.AvoidCatchingThrowable")
        private void start(boolean first) {
            try {
                runtime.tokens()
                        .authenticate(signers.authentication(), signers.credentialId(), signer -> send(signer, first));
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        }

        private void send(Outcome<Signer> found, boolean first) {
            if (found instanceof Outcome.Failure<Signer> failure) {
                outcome.complete(new Outcome.Failure<>(failure.problem()));
            } else if (found instanceof Outcome.Success<Signer> success && !outcome.isDone()) {
                Cancellable underWay = runtime.transport()
                        .send(call, success.value(), TIMEOUT, result -> received(success.value(), result, first));
                outcome.whenComplete((result, problem) -> underWay.cancel());
            }
        }

        /** An access token that others got may have been revoked since. */
        private void received(Signer signer, Outcome<T> result, boolean first) {
            boolean refused = result instanceof Outcome.Failure<T> failure
                    && failure.problem().isTokenRefused()
                    && runtime.tokens().refuse(signer);
            if (refused && first) {
                runtime.callbackExecutor().execute(() -> start(false));
            } else {
                outcome.complete(result);
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
