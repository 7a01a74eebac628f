package io.jenkins.plugins.cachepurge.bench;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Counts requests that are sent after a 429 has arrived and before the time that it names. */
final class EarlyRequestCounter implements ApiTransport {

    private final ApiTransport inner;
    private final AtomicLong closedUntil = new AtomicLong(System.nanoTime());
    private final AtomicInteger sentWhileClosed = new AtomicInteger();

    EarlyRequestCounter(ApiTransport inner) {
        this.inner = inner;
    }

    @Override
    public <T> Cancellable send(ApiCall<T> call, Signer signer, Duration timeout, Consumer<Outcome<T>> receiver) {
        if (System.nanoTime() < closedUntil.get()) {
            sentWhileClosed.incrementAndGet();
        }
        return inner.send(call, signer, timeout, outcome -> {
            receiver.accept(outcome);
            if (outcome instanceof Outcome.Failure<T> failure) {
                failure.problem().retryAfter().ifPresent(this::close);
            }
        });
    }

    private void close(Duration retryAfter) {
        closedUntil.accumulateAndGet(System.nanoTime() + retryAfter.minusMillis(20).toNanos(), Math::max);
    }

    int sentWhileClosed() {
        return sentWhileClosed.get();
    }
}
