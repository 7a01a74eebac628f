package io.jenkins.plugins.cachepurge.bench;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;

import io.jenkins.plugins.cachepurge.client.bunny.BunnyClient;
import io.jenkins.plugins.cachepurge.client.fastly.FastlyClient;
import io.jenkins.plugins.cachepurge.client.gotipath.GotipathClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.httpcache.VarnishClient;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.bunny.BunnyPurge;
import io.jenkins.plugins.cachepurge.operation.fastly.FastlyPurge;
import io.jenkins.plugins.cachepurge.operation.gotipath.GotipathPurge;
import io.jenkins.plugins.cachepurge.operation.httpcache.HttpCachePurge;
import io.jenkins.plugins.cachepurge.operation.httpcache.PurgeScopes;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.scaleway.ScalewayPurge;
import io.jenkins.plugins.cachepurge.simulator.BunnySimulator;
import io.jenkins.plugins.cachepurge.simulator.FastlySimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Purges of many requests, at services that respond after 50 ms. */
final class LargePurges {

    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final Duration DELAY = Duration.ofMillis(50);
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private static final int URLS = 2_000;
    private static final int CONCURRENCY = 6;
    private static final int CONCURRENCY_OF_INSTANCE = 8;
    private static final int CONCURRENCY_OF_SCALEWAY = 4;

    private static final Signer FASTLY = Signer.header(FastlyClient.TOKEN_HEADER, FastlySimulator.DEMO_TOKEN);
    private static final Signer SCALEWAY =
            Signer.header(ScalewayClient.TOKEN_HEADER, STANDARD.scalewaySecretKey());

    private final Table table;

    LargePurges(Table table) {
        this.table = table;
    }

    /** Runs a scenario, or all. */
    void run(String scenario) throws Exception {
        switch (scenario) {
            case "urls" -> urls();
            case "instances" -> instances();
            case "silent" -> silentInstance();
            case "scaleway" -> scaleway();
            case "gotipath" -> gotipath();
            case "bunny" -> bunny();
            case "refused" -> refused();
            case "huge" -> huge();
            default -> throw new IllegalArgumentException(scenario);
        }
    }

    private static List<String> numbered(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    private static Operation<?, PurgeResult> fastly(String api, int urls) {
        PurgeSelection selection =
                new PurgeSelection(SelectionType.URLS, numbered("https://www.example.com/products/", urls));
        return new FastlyPurge(new FastlyClient(ApiUrl.of(api)), FastlySimulator.DEMO_SERVICE, selection, false)
                .operation();
    }

    private static Operation<?, PurgeResult> varnish(List<String> instances) {
        PurgeSelection selection = new PurgeSelection(SelectionType.PATHS, numbered("/products/", URLS));
        return new HttpCachePurge(
                        "varnish",
                        new VarnishClient(false),
                        new PurgeScopes(selection, "www.example.com"),
                        instances.stream().map(ApiUrl::of).toList())
                .operation();
    }

    private void urls() throws Exception {
        List<String> urls = numbered("https://www.example.com/products/", URLS);
        double[] ideal = new double[ROUNDS];
        double[] curl = new double[ROUNDS];
        double[] ratioToCurl = new double[ROUNDS];
        double[] cpu = new double[ROUNDS];
        double[] seconds = new double[ROUNDS];
        EngineRuns.Cost cost = null;
        double[] plainCpu = new double[ROUNDS];
        try (ServiceProcess service = ServiceProcess.start(DELAY, "fastly");
                EngineRuns runs = new EngineRuns(FASTLY);
                PlainRequests plain = new PlainRequests(CONCURRENCY)) {
            String api = service.url(0);
            plain.purge(api, urls);
            double cold = runs.run(fastly(api, URLS), TIMEOUT).orFail().cpuSeconds() * 1000 / URLS;
            for (int i = 0; i < ROUNDS; i++) {
                double exchange = plain.oneExchange(api);
                cost = runs.run(fastly(api, URLS), TIMEOUT).orFail();
                curl[i] = CurlRun.purge(api, urls, CONCURRENCY);
                seconds[i] = cost.seconds();
                ideal[i] = cost.seconds() / (exchange * URLS / CONCURRENCY);
                ratioToCurl[i] = cost.seconds() / curl[i];
                cpu[i] = cost.cpuSeconds() * 1000 / URLS;
                double cpuBefore = EngineRuns.cpuSeconds();
                plain.purge(api, urls);
                plainCpu[i] = (EngineRuns.cpuSeconds() - cpuBefore) * 1000 / URLS;
                System.err.printf(
                        "one exchange %.1f ms, %s, xargs %.1f s, CPU %.2f ms, plain %.2f ms%n",
                        exchange * 1000, cost, curl[i], cpu[i], plainCpu[i]);
            }
            String what = "2,000 URLs, one a request, %d at a time: ".formatted(CONCURRENCY);
            table.add(
                    what + "time",
                    "%.1f s, %.2f × 2,000 / %d × one exchange".formatted(median(seconds), median(ideal), CONCURRENCY),
                    "≤ 1.15 ×");
            table.add(
                    what + "beside `xargs -P %d curl`".formatted(CONCURRENCY),
                    "%.1f s, %.2f ×".formatted(median(curl), median(ratioToCurl)),
                    "≤ 0.6 ×");
            table.add(
                    what + "CPU a request, without Jenkins",
                    "%.2f ms, of which %.2f ms are OkHttp's alone; %.2f ms in a process that has just started"
                            .formatted(median(cpu), median(plainCpu), cold),
                    "≤ 0.5 ms");
            table.add(what + "threads more than before", Integer.toString(cost.threads()), "≤ 20");
            table.add(what + "console lines", Integer.toString(cost.lines()), "one every ten seconds");
        }
    }

    private void instances() throws Exception {
        double[] ratio = new double[ROUNDS];
        double[] one = new double[ROUNDS];
        double[] three = new double[ROUNDS];
        long bytes = 0;
        try (ServiceProcess services = ServiceProcess.start(DELAY, "varnish", "varnish", "varnish");
                EngineRuns runs = new EngineRuns(Signer.NONE)) {
            List<String> all = List.of(services.url(0), services.url(1), services.url(2));
            runs.run(varnish(all), TIMEOUT).orFail();
            for (int i = 0; i < ROUNDS; i++) {
                one[i] = runs.run(varnish(all.subList(0, 1)), TIMEOUT).orFail().seconds();
                EngineRuns.Cost cost = runs.run(varnish(all), TIMEOUT).orFail();
                three[i] = cost.seconds();
                bytes = cost.savedBytes();
                ratio[i] = three[i] / one[i];
                System.err.printf("one instance %.1f s, three %s%n", one[i], cost);
            }
        }
        table.add(
                "2,000 pages at three instances of a cache",
                "%.1f s, at one %.1f s (%.2f × 2,000 / %d × 50 ms): %.2f ×; %.1f KB of checkpoints"
                        .formatted(
                                median(three),
                                median(one),
                                median(one) / (URLS * DELAY.toMillis() / 1000.0 / CONCURRENCY_OF_INSTANCE),
                                CONCURRENCY_OF_INSTANCE,
                                median(ratio),
                                bytes / 1024.0),
                "≤ 1.1 × one instance");
    }

    private void silentInstance() throws Exception {
        Duration timeout = Duration.ofSeconds(30);
        try (ServiceProcess services = ServiceProcess.start(DELAY, "varnish", "varnish", "varnish", "silent");
                EngineRuns runs = new EngineRuns(Signer.NONE)) {
            List<String> healthy = List.of(services.url(0), services.url(1), services.url(2));
            List<String> all = new ArrayList<>(healthy);
            all.add(0, services.url(3));
            runs.run(varnish(healthy), TIMEOUT).orFail();
            takeSeconds(services, healthy.size());
            runs.run(varnish(healthy), TIMEOUT).orFail();
            double alone = takeSeconds(services, healthy.size());
            EngineRuns.Cost cost = runs.run(varnish(all), timeout);
            double beside = takeSeconds(services, healthy.size());
            String problem = cost.problems().get(0);
            System.err.println(problem);
            table.add(
                    "the same with one more instance, which never answers",
                    "the others done in %.2f × the time without it; ended %.1f s after its timeout, %s"
                            .formatted(
                                    beside / alone,
                                    cost.seconds() - timeout.toSeconds(),
                                    problem.contains(services.url(3)) ? "naming it" : "not naming it"),
                    "as fast; ends at its timeout and names it");
        }
    }

    /** From the first request to the last at the slowest instance. */
    private static double takeSeconds(ServiceProcess services, int count) throws Exception {
        double most = 0;
        for (int i = 0; i < count; i++) {
            RequestCounts.Counts counts = services.takeCounts(i);
            if (counts.requests() != URLS) {
                throw new IllegalStateException("an instance was asked " + counts.requests() + " times");
            }
            most = Math.max(most, counts.seconds());
        }
        return most;
    }

    private void scaleway() throws Exception {
        int requests = 2_000;
        double[] ratio = new double[ROUNDS];
        double[] submitting = new double[ROUNDS];
        double[] share = new double[ROUNDS];
        try (EngineRuns runs = new EngineRuns(SCALEWAY);
                PlainRequests plain = new PlainRequests(1)) {
            for (int i = 0; i < ROUNDS; i++) {
                try (ServiceProcess service = ServiceProcess.start(DELAY, "scaleway")) {
                    double exchange = plain.oneExchange(service.url(0));
                    submitting[i] = runs.run(scaleway(service.url(0), 10_000, false), TIMEOUT).orFail().seconds();
                    service.takeCounts(0);
                    EngineRuns.Cost cost = runs.run(scaleway(service.url(0), 10_000, true), TIMEOUT)
                            .orFail();
                    RequestCounts.Counts counts = service.takeCounts(0);
                    double least = exchange * requests / CONCURRENCY_OF_SCALEWAY;
                    ratio[i] = cost.seconds() / least;
                    submitting[i] /= least;
                    share[i] = 100.0 * counts.reads() / counts.requests();
                    System.err.printf("one exchange %.1f ms, %s, %s%n", exchange * 1000, cost, counts);
                }
            }
        }
        table.add(
                "10,000 paths at Scaleway, 5 a request",
                "%.2f × 2,000 / 4 × one exchange until the last purge, which takes 1 s, has ended, %.2f × without waiting for that; %.1f %% other requests"
                        .formatted(median(ratio), median(submitting), median(share)),
                "≤ 1.15 ×, ≤ 5 %");
    }

    private static Operation<?, PurgeResult> scaleway(String api, int paths, boolean waits) {
        PurgeSelection selection = new PurgeSelection(SelectionType.PATHS, numbered("/products/", paths));
        return new ScalewayPurge(
                        new ScalewayClient(ApiUrl.of(api)),
                        STANDARD.scalewayPipelineId(),
                        new Batches(selection, 5),
                        waits)
                .operation();
    }

    private void gotipath() throws Exception {
        Signer signer = GotipathClient.authentication(
                STANDARD.gotipathClientId(), STANDARD.gotipathLibraryId(), STANDARD.gotipathApiKey(), Optional.empty());
        double[] ratio = new double[ROUNDS];
        try (ServiceProcess service = ServiceProcess.start(DELAY, "gotipath");
                EngineRuns runs = new EngineRuns(signer);
                PlainRequests plain = new PlainRequests(1)) {
            runs.run(gotipath(service.url(0), 10_000), TIMEOUT).orFail();
            for (int i = 0; i < ROUNDS; i++) {
                double exchange = plain.oneExchange(service.url(0));
                service.takeCounts(0);
                double seconds = runs.run(gotipath(service.url(0), 10_000), TIMEOUT).orFail().seconds();
                ratio[i] = seconds / (exchange * Math.ceil(100.0 / CONCURRENCY));
            }
            table.add(
                    "10,000 paths at Gotipath, 100 a request",
                    "%d requests, %.2f × 17 exchanges one after the other"
                            .formatted(service.takeCounts(0).requests(), median(ratio)),
                    "≤ 1.15 ×");
        }
    }

    private static Operation<?, PurgeResult> gotipath(String api, int paths) {
        PurgeSelection selection = new PurgeSelection(SelectionType.PATHS, numbered("/products/", paths));
        return new GotipathPurge(
                        new GotipathClient(ApiUrl.of(api)),
                        STANDARD.gotipathDistributionId(),
                        "url",
                        new Batches(selection, 100))
                .operation();
    }

    private void bunny() throws Exception {
        int urls = 400;
        double allowed = (urls - 120) / 5.0;
        Signer signer = Signer.header(BunnyClient.KEY_HEADER, BunnySimulator.DEMO_KEY);
        try (ServiceProcess service = ServiceProcess.start(DELAY, "bunny");
                EngineRuns runs = new EngineRuns(signer)) {
            PurgeSelection selection =
                    new PurgeSelection(SelectionType.URLS, numbered("https://acme-website.b-cdn.net/", urls));
            Operation<?, PurgeResult> purge = new BunnyPurge(
                            new BunnyClient(ApiUrl.of(service.url(0))), BunnySimulator.DEMO_PULL_ZONE, selection, true)
                    .operation();
            EngineRuns.Cost cost = runs.run(purge, TIMEOUT).orFail();
            RequestCounts.Counts counts = service.takeCounts(0);
            table.add(
                    "400 URLs at bunny.net, which allows 120 and then 5 a second",
                    "%.1f s, %.3f × what it allows, %d of %d requests got 429, %d console lines"
                            .formatted(
                                    cost.seconds(),
                                    cost.seconds() / allowed,
                                    counts.requests() - urls,
                                    counts.requests(),
                                    cost.lines()),
                    "≤ 1.05 ×, none");
        }
    }

    private void refused() throws Exception {
        int purges = 20;
        try (ServiceProcess service = ServiceProcess.start(DELAY, "refusing");
                EngineRuns runs = new EngineRuns(FASTLY)) {
            EngineRuns.Cost cost = runs.run(purges, fastly(service.url(0), 1), TIMEOUT).orFail();
            RequestCounts.Counts counts = service.takeCounts(0);
            table.add(
                    "429 with `Retry-After: 2` to half of the requests of 20 purges",
                    "%d of 20 well, %d requests, %.2f × those needed, %d sent while the quota was closed (%d arrived more than 20 ms after the 429), %.1f s"
                            .formatted(
                                    purges - cost.problems().size(),
                                    counts.requests(),
                                    counts.requests() / (2.0 * purges),
                                    runs.sentWhileClosed(),
                                    counts.whileClosed(),
                                    cost.seconds()),
                    "≤ 1.1 ×, none");
        }
    }

    /** A service that responds at once, so that it takes less than a quarter of an hour. */
    private void huge() throws Exception {
        int urls = Integer.getInteger("urls", 100_000);
        AtomicLong most = new AtomicLong();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (ServiceProcess service = ServiceProcess.start(Duration.ZERO, "fastly");
                EngineRuns runs = new EngineRuns(FASTLY)) {
            runs.run(fastly(service.url(0), URLS), TIMEOUT).orFail();
            long before = EngineRuns.heap();
            timer.scheduleWithFixedDelay(
                    () -> most.accumulateAndGet(EngineRuns.heap(), Math::max), 2, 3, TimeUnit.SECONDS);
            EngineRuns.Cost cost = runs.run(fastly(service.url(0), urls), TIMEOUT).orFail();
            table.add(
                    "%,d URLs".formatted(urls),
                    "%.0f s, %.1f MB of heap more, %.1f MB of checkpoints, %.2f ms of CPU a request, %d threads more"
                            .formatted(
                                    cost.seconds(),
                                    (most.get() - before) / 1e6,
                                    cost.savedBytes() / 1e6,
                                    cost.cpuSeconds() * 1000 / urls,
                                    cost.threads()),
                    "ends, ≤ 60 MB, ≤ 6 MB, ≤ 20 threads");
        } finally {
            timer.shutdownNow();
        }
    }

    private static double median(double[] figures) {
        return Rounds.median(Arrays.stream(figures));
    }
}
