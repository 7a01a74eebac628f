package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import java.time.Duration;
import java.util.List;

/** Sends the requests that cancel an operation at its service. Nobody waits for their outcomes. */
final class CancelSender {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final DriverContext<?> context;

    CancelSender(DriverContext<?> context) {
        this.context = context;
    }

    /** Never blocks. */
    void send(CancelCall cancel) {
        ApiCall<?> call = cancel.call();
        context.messages().add(List.of("Asking %s to %s".formatted(call.service(), call.purpose())));
        context.execute(() -> lookUpAndSend(call, cancel.account()));
    }

    private void lookUpAndSend(ApiCall<?> call, String account) {
        context.messages().drain();
        try {
            Signer signer = context.dependencies().signers().forAccount(account).signer();
            context.dependencies().transport().send(call, signer, TIMEOUT, this::reportFailure);
        } catch (CredentialsException e) {
            context.message(e.getMessage());
        }
    }

    private void reportFailure(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Failure<?> failure) {
            context.execute(() -> context.message(failure.problem().getMessage()));
        }
    }
}
