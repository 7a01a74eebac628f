package io.jenkins.plugins.cachepurge.bench;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.scaleway.ScalewayPurge;
import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Real HTTP with simulated services, run by the engine as in a Jenkins, without one. */
public final class WithoutJenkins {

    private static final Duration TIMEOUT = Duration.ofMinutes(30);
    private static final Signer SCALEWAY =
            Signer.header(ScalewayClient.TOKEN_HEADER, STANDARD.scalewaySecretKey());

    private static final List<String> SCENARIOS = List.of(
            "urls",
            "instances",
            "silent",
            "scaleway",
            "gotipath",
            "bunny",
            "refused",
            "huge",
            "delays",
            "manyRefused",
            "waiting",
            "changes",
            "verify");

    private final InstantSource clock = InstantSource.system();
    private final Table table = new Table();

    private WithoutJenkins() {}

    /** @param args the scenarios to run; all without any */
    public static void main(String[] args) throws Exception {
        if (!SCENARIOS.containsAll(List.of(args))) {
            System.err.println("usage: bench/run [jenkins | startup | micro | scenario ...], with the scenarios " + SCENARIOS);
            System.exit(2);
        }
        WithoutJenkins benchmark = new WithoutJenkins();
        for (String scenario : args.length == 0 ? SCENARIOS : List.of(args)) {
            benchmark.run(scenario);
        }
        benchmark.table.print();
        System.exit(0);
    }

    private void run(String scenario) throws Exception {
        switch (scenario) {
            case "delays" -> EndDetectionDelays.addTo(table);
            case "changes" -> ManifestBenchmark.addTo(table);
            case "verify" -> new Verifications(table).run();
            case "manyRefused" -> manyRefused();
            case "waiting" -> waiting(Integer.getInteger("waiting", 10_000));
            default -> new LargePurges(table).run(scenario);
        }
    }

    private void manyRefused() throws Exception {
        FaultInjectingService service =
                new FaultInjectingService(STANDARD.scaleway(clock).purgeTakes(Duration.ofSeconds(2), "done"));
        SplittableRandom random = new SplittableRandom(1);
        LongAdder refused = new LongAdder();
        List<Instant> arrivals = Collections.synchronizedList(new ArrayList<>());
        Fault later = UsualFaults.tooManyRequestsRetryAfter(1);
        service.failEvery(
                request -> {
                    arrivals.add(clock.instant());
                    synchronized (random) {
                        return random.nextBoolean();
                    }
                },
                (request, answer) -> {
                    refused.increment();
                    return later.apply(request, answer);
                });
        try (SimServer server = SimServer.start(service);
                EngineRuns runs = new EngineRuns(SCALEWAY)) {
            EngineRuns.Cost cost = runs.run(200, purge(server), TIMEOUT);
            double accepted = service.requests().size() - refused.sum();
            table.add(
                    "429 with `Retry-After: 1` to half of all requests, 200 purges at once",
                    "%d of 200 well in %.0f s, %.2f × the requests needed, of which half are refused; at most %d in a tenth of a second after the first two seconds"
                            .formatted(
                                    200 - cost.problems().size(),
                                    cost.seconds(),
                                    service.requests().size() / (2 * accepted),
                                    busiest(arrivals)),
                    "200, ≤ 1.3 ×, spread");
        }
    }

    /** How many came in the same tenth of a second, once the steps, which all begin at once, have begun. */
    private static long busiest(List<Instant> arrivals) {
        Instant begun = arrivals.get(0).plusSeconds(2);
        return arrivals.stream()
                .filter(begun::isBefore)
                .collect(Collectors.groupingBy(moment -> moment.toEpochMilli() / 100, Collectors.counting()))
                .values()
                .stream()
                .max(Comparator.naturalOrder())
                .orElse(0L);
    }

    private void waiting(int count) throws Exception {
        FaultInjectingService service =
                new FaultInjectingService(STANDARD.scaleway(clock).purgeTakes(Duration.ofSeconds(20), "done"));
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (SimServer server = SimServer.start(service);
                EngineRuns runs = new EngineRuns(SCALEWAY)) {
            long heapBefore = EngineRuns.heap();
            long[] heapWhile = new long[1];
            timer.schedule(() -> heapWhile[0] = EngineRuns.heap(), 15, TimeUnit.SECONDS);
            EngineRuns.Cost cost = runs.run(count, purge(server), TIMEOUT);
            table.add(
                    "%,d waiting purges of 20 s on the real clock".formatted(count),
                    "%.1f s, %d threads more than before (the simulator's included), %.1f KB of heap a purge, %.1f requests a purge, %d failed"
                            .formatted(
                                    cost.seconds(),
                                    cost.threads(),
                                    (heapWhile[0] - heapBefore) / 1024.0 / count,
                                    service.requests().size() / (double) count,
                                    cost.problems().size()),
                    "threads do not grow with the purges");
        } finally {
            timer.shutdownNow();
        }
    }

    private static Operation<?, PurgeResult> purge(SimServer server) {
        return new ScalewayPurge(
                        new ScalewayClient(ApiUrl.of(server.url().toString())),
                        STANDARD.scalewayPipelineId(),
                        new Batches(PurgeSelection.paths("/index.html"), 5),
                        true)
                .operation();
    }
}
