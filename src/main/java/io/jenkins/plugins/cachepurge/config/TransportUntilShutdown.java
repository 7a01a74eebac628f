package io.jenkins.plugins.cachepurge.config;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Transport that sends nothing once Jenkins stops.
 *
 * @param whole created when it is needed
 */
record TransportUntilShutdown(BooleanSupplier closed, Supplier<ApiTransport> whole) implements ApiTransport {

    @Override
    public <T> Cancellable send(ApiCall<T> call, Signer signer, Duration atMost, Consumer<Outcome<T>> receiver) {
        return closed.getAsBoolean() ? Cancellable.NONE : whole.get().send(call, signer, atMost, receiver);
    }
}
