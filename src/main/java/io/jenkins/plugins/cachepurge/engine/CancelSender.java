package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.time.Duration;
import java.util.List;

/** Sends the requests that cancel an operation at its service. Nobody waits for their outcomes. */
final class CancelSender {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final SharedDriverState<?> context;
    private final Authenticator authenticator;

    CancelSender(SharedDriverState<?> context, Authenticator authenticator) {
        this.context = context;
        this.authenticator = authenticator;
    }

    /** Never blocks. */
    void send(CancelCall cancel) {
        ApiCall<?> call = cancel.call();
        context.messages().add(List.of(LocalizedText.of("progress.asking", call.service(), call.purpose())));
        context.execute(() -> lookUpAndSend(call, cancel.account()));
    }

    private void lookUpAndSend(ApiCall<?> call, String account) {
        context.messages().drain();
        try {
            authenticator.authenticate(account, outcome -> send(call, outcome));
        } catch (CredentialsException e) {
            context.message(LocalizedText.inOneLanguage(e.getMessage()));
        }
    }

    private void send(ApiCall<?> call, Outcome<Signer> outcome) {
        if (outcome instanceof Outcome.Success<Signer> success) {
            context.dependencies().transport().send(call, success.value(), TIMEOUT, this::reportFailure);
        } else {
            reportFailure(outcome);
        }
    }

    private void reportFailure(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Failure<?> failure) {
            context.execute(() -> context.message(
                    LocalizedText.inOneLanguage(failure.problem().getMessage())));
        }
    }
}
