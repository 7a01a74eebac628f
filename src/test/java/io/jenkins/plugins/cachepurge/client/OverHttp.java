package io.jenkins.plugins.cachepurge.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.OkHttpExchanges;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;

/** A simulated service behind a real socket, spoken to with the plugin's own HTTP client. */
public final class OverHttp implements AutoCloseable {

    private final SimServer server;
    private final Authentication authentication;
    private final OkHttpClient http =
            HttpLimits.applyTo(new OkHttpClient.Builder()).build();

    public OverHttp(SimService service, Authentication authentication) {
        this.server = SimServer.start(service);
        this.authentication = authentication;
    }

    public ApiUrl url() {
        return ApiUrl.of(server.url().toString());
    }

    /** What the service says; fails the test where that is no success. */
    public <T> T said(ApiCall<T> call) {
        Outcome<T> outcome = send(call, authentication);
        if (outcome instanceof Outcome.Failed<T> failed) {
            throw new AssertionError(failed.problem());
        }
        return ((Outcome.Answered<T>) outcome).value();
    }

    /** What the service complains of. */
    public ApiException refused(ApiCall<?> call) {
        return refused(call, authentication);
    }

    /** What the service complains of when somebody else asks. */
    public ApiException refused(ApiCall<?> call, Authentication other) {
        ApiException problem =
                assertInstanceOf(Outcome.Failed.class, send(call, other)).problem();
        assertEquals(1, problem.getMessage().lines().count(), problem.getMessage());
        return problem;
    }

    private <T> Outcome<T> send(ApiCall<T> call, Authentication as) {
        CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();
        new OkHttpExchanges(http, "test", InstantSource.system())
                .send(call, as, HttpLimits.EXCHANGE, outcome::complete);
        return outcome.orTimeout(50, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdownNow();
        http.connectionPool().evictAll();
        server.close();
    }
}
