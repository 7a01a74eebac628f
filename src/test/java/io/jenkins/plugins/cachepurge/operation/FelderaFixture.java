package io.jenkins.plugins.cachepurge.operation;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;

import io.jenkins.plugins.cachepurge.client.feldera.FelderaClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.feldera.FelderaStorageClear;
import io.jenkins.plugins.cachepurge.operation.feldera.FelderaStorageClear.Result;
import io.jenkins.plugins.cachepurge.simulator.FelderaSimulator;

/** Feldera with a stopped pipeline and a running one; to stop takes three seconds and to clear five. */
public final class FelderaFixture {

    public static final String STOPPED = STANDARD.felderaStopped();
    public static final String RUNNING = STANDARD.felderaRunning();

    public final VirtualTime time = new VirtualTime();
    public final FelderaSimulator feldera = STANDARD.feldera(time);
    public final EngineHarness harness;

    public FelderaFixture(DriverKind kind) {
        harness = new EngineHarness(kind, time, feldera, Signer.bearer(STANDARD.felderaApiKey()));
    }

    public static Operation<?, Result> clear() {
        return clear(STOPPED, false, true);
    }

    public static Operation<?, Result> stopAndClear() {
        return clear(RUNNING, true, true);
    }

    public static Operation<?, Result> clear(String pipeline, boolean stop, boolean awaitEnd) {
        FelderaClient client = new FelderaClient(ApiUrl.of("https://feldera.example"), null);
        return new FelderaStorageClear(client, pipeline, stop, awaitEnd).operation();
    }
}
