package io.jenkins.plugins.cachepurge.bench;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;

import io.jenkins.plugins.cachepurge.client.gotipath.GotipathClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.OkHttpTransport;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.engine.AsyncDriver;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.engine.OperationSession;
import io.jenkins.plugins.cachepurge.engine.PollBatcher;
import io.jenkins.plugins.cachepurge.operation.gotipath.GotipathPurge;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.SequentialPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.scaleway.ScalewayPurge;
import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.Faults;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** Real HTTP against simulated services, driven as in a Jenkins, without one. */
public final class WithoutJenkins implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private final InstantSource clock = InstantSource.system();
    private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(4);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final OkHttpClient http;
    private final OkHttpTransport exchanges;
    private final Table table;

    private WithoutJenkins(Table table) {
        this.table = table;
        Dispatcher dispatcher = HttpLimits.applyTo(new Dispatcher());
        http = HttpLimits.applyTo(new OkHttpClient.Builder().dispatcher(dispatcher))
                .build();
        exchanges = new OkHttpTransport(http, "cache-purge/bench", clock);
    }

    public static void main(String[] args) throws Exception {
        Table table = new Table();
        try (WithoutJenkins bench = new WithoutJenkins(table)) {
            Delays.addTo(table);
            bench.manyPaths();
            bench.halfRefused();
            bench.manyWaiting(Integer.getInteger("waiting", 10_000));
        }
        table.print();
    }

    private void manyPaths() throws Exception {
        List<String> paths = IntStream.range(0, 10_000).mapToObj(i -> "/" + i).toList();
        Duration purge = Duration.ofSeconds(5);
        manyPaths(
                "Scaleway, 5 a request",
                STANDARD.scaleway(clock).purgeTakes(purge, "done"),
                url -> ScalewayPurge.of(scaleway(url, paths)),
                2_000,
                purge);
        manyPaths("Gotipath, 100 a request", STANDARD.gotipath(clock), url -> gotipath(url, paths), 100, Duration.ZERO);
    }

    private interface Making {
        Operation<PurgeResult> of(ApiUrl url);
    }

    /** @param purge how long the service takes for the last of the purges once it has taken it */
    private void manyPaths(String name, SimService inner, Making making, int submissions, Duration purge)
            throws Exception {
        LongAdder serving = new LongAdder();
        FaultInjectingService service = slow(inner, serving);
        try (SimServer server = SimServer.start(service)) {
            Instant start = clock.instant();
            int failed = runAll(1, making.of(ApiUrl.of(server.url().toString())));
            Duration took = Duration.between(start, clock.instant());
            int requests = service.requests().size();
            double answering = serving.sum() / 1e6;
            table.add(
                    "10,000 paths through " + name,
                    "%d submissions, %d other requests, wall time %.2f × what the service took to answer (%.1f ms a request) and to purge, %d failed"
                            .formatted(
                                    submissions,
                                    requests - submissions,
                                    took.toMillis() / (answering + purge.toMillis()),
                                    answering / requests,
                                    failed));
        }
    }

    private void halfRefused() throws Exception {
        FaultInjectingService service =
                new FaultInjectingService(STANDARD.scaleway(clock).purgeTakes(Duration.ofSeconds(2), "done"));
        SplittableRandom random = new SplittableRandom(1);
        LongAdder refused = new LongAdder();
        List<Instant> came = Collections.synchronizedList(new ArrayList<>());
        Fault later = Faults.tooManyRequestsRetryAfter(1);
        service.failEvery(
                request -> {
                    came.add(clock.instant());
                    synchronized (random) {
                        return random.nextBoolean();
                    }
                },
                (request, answer) -> {
                    refused.increment();
                    return later.apply(request, answer);
                });
        try (SimServer server = SimServer.start(service)) {
            ApiUrl url = ApiUrl.of(server.url().toString());
            int failed = runAll(200, ScalewayPurge.of(scaleway(url, List.of("/index.html"))));
            double taken = service.requests().size() - refused.sum();
            table.add(
                    "429 to half of all requests, 200 purges at once",
                    "%d of 200 well, %.2f × the requests needed, of which half are refused; at most %d in a tenth of a second after the first two seconds"
                            .formatted(200 - failed, service.requests().size() / (2 * taken), busiest(came)));
        }
    }

    /** @return how many came in the same tenth of a second, once the steps, which all begin at once, have begun */
    private static long busiest(List<Instant> came) {
        Instant begun = came.get(0).plusSeconds(2);
        return came.stream()
                .filter(begun::isBefore)
                .collect(Collectors.groupingBy(moment -> moment.toEpochMilli() / 100, Collectors.counting()))
                .values()
                .stream()
                .max(Comparator.naturalOrder())
                .orElse(0L);
    }

    private void manyWaiting(int count) throws Exception {
        FaultInjectingService service =
                new FaultInjectingService(STANDARD.scaleway(clock).purgeTakes(Duration.ofSeconds(20), "done"));
        try (SimServer server = SimServer.start(service)) {
            ApiUrl url = ApiUrl.of(server.url().toString());
            int threadsBefore = threads();
            long heapBefore = heap();
            AtomicInteger peak = new AtomicInteger();
            long[] heapWhile = new long[1];
            timer.scheduleAtFixedRate(() -> peak.accumulateAndGet(threads(), Math::max), 1, 1, TimeUnit.SECONDS);
            timer.schedule(() -> heapWhile[0] = heap(), 15, TimeUnit.SECONDS);
            Instant start = clock.instant();
            int failed = runAll(count, ScalewayPurge.of(scaleway(url, List.of("/index.html"))));
            Duration took = Duration.between(start, clock.instant());
            table.add(
                    "%,d waiting purges of 20 s on the real clock".formatted(count),
                    "%.1f s, %d threads more than before (the simulator's included), %.1f KB of heap a purge, %.1f requests a purge, %d failed"
                            .formatted(
                                    took.toMillis() / 1000.0,
                                    peak.get() - threadsBefore,
                                    (heapWhile[0] - heapBefore) / 1024.0 / count,
                                    service.requests().size() / (double) count,
                                    failed));
        }
    }

    /** @return how many failed */
    private int runAll(int times, Operation<PurgeResult> operation) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(times);
        AtomicInteger failed = new AtomicInteger();
        Signer authentication = Signer.header(
                        ScalewayClient.TOKEN_HEADER, STANDARD.scalewaySecretKey())
                .and(GotipathClient.authentication(
                        STANDARD.gotipathClientId(),
                        STANDARD.gotipathLibraryId(),
                        STANDARD.gotipathApiKey(),
                        Optional.empty()));
        PollBatcher polls = new PollBatcher(clock);
        for (int i = 0; i < times; i++) {
            // An authenticator of its own, as operations of different builds have: they do not ask together.
            AsyncDriver.Tools tools = new AsyncDriver.Tools(
                    exchanges,
                    () -> authentication,
                    clock,
                    (delay, task) -> {
                        var future = worker.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                        return () -> future.cancel(false);
                    },
                    worker,
                    polls,
                    line -> {});
            OperationSession<PurgeResult> session = OperationSession.start(
                    operation, TIMEOUT, clock, new SplittableRandom(), line -> {}, checkpoint -> {});
            new AsyncDriver<>(session, tools, new AsyncDriver.Listener<PurgeResult>() {
                        @Override
                        public void succeeded(PurgeResult result) {
                            over.countDown();
                        }

                        @Override
                        public void failed(Throwable problem) {
                            System.err.println(problem.getMessage());
                            failed.incrementAndGet();
                            over.countDown();
                        }
                    })
                    .start();
        }
        over.await();
        return failed.get();
    }

    private static ScalewayPurge.Spec scaleway(ApiUrl url, List<String> paths) {
        return new ScalewayPurge.Spec(
                new ScalewayClient(url),
                STANDARD.scalewayPipelineId(),
                new Batches(new PurgeSelection.Paths(paths), 5),
                true);
    }

    private static Operation<PurgeResult> gotipath(ApiUrl url, List<String> paths) {
        return new SequentialPurge(new GotipathPurge(
                new GotipathClient(url),
                STANDARD.gotipathDistributionId(),
                "url",
                new Batches(new PurgeSelection.Paths(paths), 100)));
    }

    /** @param serving takes the nanoseconds that the service took, as slow as one over a network */
    private static FaultInjectingService slow(SimService service, LongAdder serving) {
        return new FaultInjectingService(service).failEvery(request -> true, (request, inner) -> {
            long start = System.nanoTime();
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            SimResponse answer = inner.get();
            serving.add(System.nanoTime() - start);
            return answer;
        });
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        worker.shutdownNow();
        http.dispatcher().executorService().shutdownNow();
    }
}
