package io.jenkins.plugins.cachepurge.client.http;

import java.time.Duration;
import java.util.function.Consumer;

/** Transport for exchanges. */
public interface ApiTransport {

    /**
     * Starts one exchange and returns at once.
     *
     * @param authentication used for this exchange only
     * @param atMost its timeout, at most {@link HttpLimits#EXCHANGE_TIMEOUT}
     * @param receiver called with the outcome, exactly once, on a thread of the exchange; must not block
     */
    <T> Cancellable send(ApiCall<T> call, Signer authentication, Duration atMost, Consumer<Outcome<T>> receiver);
}
