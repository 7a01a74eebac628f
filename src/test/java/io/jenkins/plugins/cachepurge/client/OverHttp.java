package io.jenkins.plugins.cachepurge.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.OkHttpTransport;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;

/** A simulated service behind a real socket, spoken to with the plugin's own HTTP client. */
public final class OverHttp implements AutoCloseable {

    private final SimServer server;
    private final Signer authentication;
    private final OkHttpClient http =
            HttpLimits.applyTo(new OkHttpClient.Builder()).build();

    public OverHttp(SimService service, Signer authentication) {
        this.server = SimServer.start(service);
        this.authentication = authentication;
    }

    public ApiUrl url() {
        return ApiUrl.of(server.url().toString());
    }

    /** What the service says; fails the test where that is no success. */
    public <T> T said(ApiCall<T> call) {
        return said(call, authentication);
    }

    /** What the service says to somebody else; fails the test where that is no success. */
    public <T> T said(ApiCall<T> call, Signer other) {
        Outcome<T> outcome = send(call, other);
        if (outcome instanceof Outcome.Failure<T> failed) {
            throw new AssertionError(failed.problem());
        }
        return ((Outcome.Success<T>) outcome).value();
    }

    /** What the service complains of. */
    public ApiException refused(ApiCall<?> call) {
        return refused(call, authentication);
    }

    /** What the service complains of when somebody else asks. */
    public ApiException refused(ApiCall<?> call, Signer other) {
        ApiException problem =
                assertInstanceOf(Outcome.Failure.class, send(call, other)).problem();
        assertEquals(1, problem.getMessage().lines().count(), problem.getMessage());
        return problem;
    }

    private <T> Outcome<T> send(ApiCall<T> call, Signer as) {
        CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();
        new OkHttpTransport(http, "test", InstantSource.system())
                .send(call, as, HttpLimits.EXCHANGE_TIMEOUT, outcome::complete);
        return outcome.orTimeout(50, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdownNow();
        http.connectionPool().evictAll();
        server.close();
    }
}
