package io.jenkins.plugins.cachepurge.bench;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.scaleway.ScalewayPurge;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What client and operation cost by themselves: whole purges on virtual time, without a network. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class VirtualTimeBenchmarks {

    @Param({"1", "50"})
    private int paths;

    /** Submits, polls a minute and ends: everything but the network, the service's own work included. */
    @Benchmark
    public PurgeResult purgeThatTakesAMinute() {
        VirtualTime time = new VirtualTime();
        EngineHarness harness = new EngineHarness(
                DriverKind.ASYNC,
                time,
                STANDARD.scaleway(time).purgeTakes(Duration.ofMinutes(1), "done"),
                Signer.header(ScalewayClient.TOKEN_HEADER, STANDARD.scalewaySecretKey()));
        List<String> all = IntStream.range(0, paths).mapToObj(i -> "/" + i).toList();
        ScalewayPurge purge = new ScalewayPurge(
                new ScalewayClient(ApiUrl.of("https://scaleway.example")),
                STANDARD.scalewayPipelineId(),
                new Batches(new PurgeSelection(SelectionType.PATHS, all), 5),
                true);
        return harness.run(purge.operation()).succeeded();
    }
}
