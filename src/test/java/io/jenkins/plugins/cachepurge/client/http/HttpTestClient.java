package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;

/** Carries exchanges out over real sockets, with the client as the plugin sets it up. */
public final class HttpTestClient implements AutoCloseable {

    static final String USER_AGENT = "cache-purge/1.0 Jenkins/2.541.3";

    /** An exchange that has begun. */
    record Begun<T>(Cancellable underWay, CompletableFuture<Outcome<T>> outcome) {

        /** How it ends; a guard keeps a test that fails from hanging. */
        Outcome<T> end() {
            return outcome.orTimeout(50, TimeUnit.SECONDS).join();
        }
    }

    private final OkHttpClient client;
    private final OkHttpTransport exchanges;

    public HttpTestClient() {
        this(builder -> builder);
    }

    /** @param more what is different from the plugin's own client */
    public HttpTestClient(UnaryOperator<OkHttpClient.Builder> more) {
        client = HttpLimits.applyTo(more.apply(new OkHttpClient.Builder())).build();
        exchanges = new OkHttpTransport(client, USER_AGENT, InstantSource.system());
    }

    <T> Begun<T> begin(ApiCall<T> call, Signer authentication, Duration atMost) {
        CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();
        Cancellable underWay = exchanges.send(call, authentication, atMost, outcome::complete);
        return new Begun<>(underWay, outcome);
    }

    <T> Outcome<T> send(ApiCall<T> call, Signer authentication, Duration atMost) {
        return begin(call, authentication, atMost).end();
    }

    <T> T answered(ApiCall<T> call) {
        return answered(call, Signer.NONE);
    }

    public <T> T answered(ApiCall<T> call, Signer authentication) {
        Outcome<T> outcome = send(call, authentication, HttpLimits.EXCHANGE_TIMEOUT);
        return ((Outcome.Success<T>) assertInstanceOf(Outcome.Success.class, outcome)).value();
    }

    ApiException failed(ApiCall<?> call) {
        return failed(call, Signer.NONE, HttpLimits.EXCHANGE_TIMEOUT);
    }

    public ApiException failed(ApiCall<?> call, Signer authentication) {
        return failed(call, authentication, HttpLimits.EXCHANGE_TIMEOUT);
    }

    ApiException failed(ApiCall<?> call, Signer authentication, Duration atMost) {
        return TestResponses.problem(send(call, authentication, atMost));
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdownNow();
        client.connectionPool().evictAll();
    }
}
