package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.Cancellable;

/** Exchange under way, which can be cancelled even before the transport has returned. Safe for several threads. */
final class ExchangeHandle implements Cancellable {

    private Cancellable exchange = Cancellable.NONE;
    private boolean cancelled;

    void set(Cancellable started) {
        boolean tooLate;
        synchronized (this) {
            exchange = started;
            tooLate = cancelled;
        }
        if (tooLate) {
            started.cancel();
        }
    }

    @Override
    public void cancel() {
        Cancellable started;
        synchronized (this) {
            cancelled = true;
            started = exchange;
        }
        started.cancel();
    }
}
