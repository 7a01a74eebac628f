package io.jenkins.plugins.cachepurge.bench;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.SimulatedTransport;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.scaleway.ScalewayPurge;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** How late the end of a job is noticed: on virtual time, where nothing but the schedule of the polls counts. */
final class EndDetectionDelays {

    private static final int LENGTHS = 100;

    private EndDetectionDelays() {}

    static void addTo(Table table) {
        for (int seconds : List.of(1, 10, 60, 600)) {
            List<Double> shares = IntStream.range(0, LENGTHS)
                    .mapToObj(i -> Duration.ofMillis(seconds * (1000L + 1000L * i / LENGTHS)))
                    .map(job -> (double) delay(job).toMillis() / job.toMillis())
                    .sorted()
                    .toList();
            Duration job = Duration.ofSeconds(seconds);
            table.add(
                    "from the service's \"done\" to the end: jobs of %d s".formatted(seconds),
                    "%.2f s; of %d jobs of %d s to %d s %.0f %% of the job's time in the middle, %.0f %% at the most"
                            .formatted(
                                    delay(job).toMillis() / 1000.0,
                                    LENGTHS,
                                    seconds,
                                    2 * seconds,
                                    100 * shares.get(LENGTHS / 2),
                                    100 * shares.get(LENGTHS - 1)),
                    "≤ 25 %, never over 15 s");
        }
    }

    /** The job begins when the service hears of it. */
    private static Duration delay(Duration job) {
        VirtualTime time = new VirtualTime();
        EngineHarness harness = new EngineHarness(
                DriverKind.ASYNC,
                time,
                STANDARD.scaleway(time).purgeTakes(job, "done"),
                Signer.header(ScalewayClient.TOKEN_HEADER, STANDARD.scalewaySecretKey()));
        ScalewayPurge purge = new ScalewayPurge(
                new ScalewayClient(ApiUrl.of("https://scaleway.example")),
                STANDARD.scalewayPipelineId(),
                new Batches(PurgeSelection.paths("/"), 5),
                true);
        harness.run(purge.operation(), Duration.ofHours(1)).succeeded();
        return time.passed().minus(SimulatedTransport.LATENCY).minus(job);
    }
}
