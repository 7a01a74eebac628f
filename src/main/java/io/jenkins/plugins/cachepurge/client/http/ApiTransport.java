package io.jenkins.plugins.cachepurge.client.http;

import java.time.Duration;
import java.util.function.Consumer;

/** Carries exchanges out. */
public interface ApiTransport {

    /**
     * Starts one exchange and returns at once.
     *
     * @param authentication used for this exchange only
     * @param atMost how long it may take; never more than {@link HttpLimits#EXCHANGE}
     * @param receiver told the outcome, exactly once, on a thread of the exchange's own; must not block
     */
    <T> Cancellable send(ApiCall<T> call, Signer authentication, Duration atMost, Consumer<Outcome<T>> receiver);
}
