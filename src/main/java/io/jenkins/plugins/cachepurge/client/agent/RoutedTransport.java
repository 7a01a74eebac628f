package io.jenkins.plugins.cachepurge.client.agent;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.Via;
import java.time.Duration;
import java.util.function.Consumer;

/** Transport that sends each request from the machine that its route names. */
public record RoutedTransport(ApiTransport controller, ApiTransport agent) implements ApiTransport {

    @Override
    public <T> Cancellable send(
            ApiCall<T> call, Signer authentication, Duration atMost, Consumer<Outcome<T>> receiver) {
        ApiTransport chosen = authentication.route().via() == Via.AGENT ? agent : controller;
        return chosen.send(call, authentication, atMost, receiver);
    }
}
