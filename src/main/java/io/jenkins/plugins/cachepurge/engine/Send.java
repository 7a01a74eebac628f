package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.operation.BatchLookup;
import io.jenkins.plugins.cachepurge.operation.Next;
import java.time.Duration;
import java.util.Optional;

/**
 * Exchange that a driver has to send now, and whose outcome it has to report to the part.
 *
 * @param batch how a list can answer it
 * @param timeout until the deadline
 * @param durable whether the checkpoint has to be saved first
 */
record Send<T>(
        PartSession<?, ?> part, ApiCall<T> call, Optional<BatchLookup<T>> batch, Duration timeout, boolean durable) {

    /** @param batched whether a list is to answer it */
    static <T> Send<T> of(PartSession<?, ?> part, Next.Exchange<T, ?, ?> exchange, boolean batched, Duration timeout) {
        return new Send<>(
                part,
                exchange.call(),
                batched ? exchange.batch() : Optional.empty(),
                timeout,
                exchange.call().idempotency() == Idempotency.NOT_IDEMPOTENT);
    }
}
