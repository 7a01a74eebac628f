package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.AccessToken;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.OtherPluginCredentials;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Calls the code of others that knows credentials. Never blocks itself, however long that code does. */
public final class OtherPluginCredentialsResolver {

    private final Executor threads;
    private final Scheduler timer;

    /**
     * @param threads for code that may block for ever; no operation may need them
     * @param timer for the time limit
     */
    public OtherPluginCredentialsResolver(Executor threads, Scheduler timer) {
        this.threads = threads;
        this.timer = timer;
    }

    /**
     * Calls the code.
     *
     * @param receiver called once, on one of the threads; never if the code does not return
     */
    void resolve(OtherPluginCredentials pluginCredentials, Consumer<Outcome<AccessToken>> receiver) {
        threads.execute(() -> receiver.accept(outcome(pluginCredentials)));
    }

    // Who waits must hear of whatever the code throws, such as a class that is missing.
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    private static Outcome<AccessToken> outcome(OtherPluginCredentials pluginCredentials) {
        try {
            return new Outcome.Success<>(pluginCredentials.resolver().resolve());
        } catch (ApiException e) {
            return new Outcome.Failure<>(e);
        } catch (Throwable e) {
            // Not its message, which may hold anything.
            String state = "failed (%s)".formatted(e.getClass().getSimpleName());
            return new Outcome.Failure<>(
                    ApiException.failed(pluginCredentials.service(), pluginCredentials.purpose(), state, ""));
        }
    }

    /**
     * A receiver that waits for the code no longer than for any exchange. What comes later serves others.
     *
     * @param receiver called once
     */
    Consumer<Outcome<Signer>> limited(OtherPluginCredentials pluginCredentials, Consumer<Outcome<Signer>> receiver) {
        AtomicBoolean received = new AtomicBoolean();
        Consumer<Outcome<Signer>> once = outcome -> {
            if (received.compareAndSet(false, true)) {
                receiver.accept(outcome);
            }
        };
        Cancellable limit = timer.scheduleOrDrop(
                HttpLimits.EXCHANGE_TIMEOUT, () -> once.accept(new Outcome.Failure<>(late(pluginCredentials))));
        return outcome -> {
            limit.cancel();
            once.accept(outcome);
        };
    }

    private static ApiException late(OtherPluginCredentials pluginCredentials) {
        return ApiException.unavailable(
                pluginCredentials.service(),
                pluginCredentials.purpose(),
                "did not answer within %d s".formatted(HttpLimits.EXCHANGE_TIMEOUT.toSeconds()),
                "");
    }
}
