package io.jenkins.plugins.cachepurge.operation;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;

import io.jenkins.plugins.cachepurge.client.feldera.FelderaClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.operation.feldera.ClearStorage;
import io.jenkins.plugins.cachepurge.operation.feldera.ClearStorage.Cleared;
import io.jenkins.plugins.cachepurge.simulator.FelderaSimulator;

/** Feldera with a stopped pipeline and a running one; to stop takes three seconds and to clear five. */
final class FelderaStage {

    static final String STOPPED = STANDARD.felderaStopped();
    static final String RUNNING = STANDARD.felderaRunning();

    final VirtualTime time = new VirtualTime();
    final FelderaSimulator feldera = STANDARD.feldera(time);
    final Bench bench;

    FelderaStage(DriverKind kind) {
        bench = new Bench(kind, time, feldera, Authentication.bearer(STANDARD.felderaApiKey()));
    }

    static Operation<Cleared> clear() {
        return clear(STOPPED, false, true);
    }

    static Operation<Cleared> stopAndClear() {
        return clear(RUNNING, true, true);
    }

    static Operation<Cleared> clear(String pipeline, boolean stop, boolean awaitEnd) {
        FelderaClient client = new FelderaClient(ApiUrl.of("https://feldera.example"), null);
        return ClearStorage.of(new ClearStorage.Wish(client, pipeline, stop, awaitEnd));
    }
}
