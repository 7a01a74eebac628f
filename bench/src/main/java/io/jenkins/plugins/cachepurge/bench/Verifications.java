package io.jenkins.plugins.cachepurge.bench;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.cachepurge.client.http.AddressRule;
import io.jenkins.plugins.cachepurge.client.http.AddressScope;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.BodyDigestAlgorithm;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.scaleway.ScalewayPurge;
import io.jenkins.plugins.cachepurge.operation.verify.Expectations;
import io.jenkins.plugins.cachepurge.operation.verify.PageVerification;
import io.jenkins.plugins.cachepurge.operation.verify.PageToVerify;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Verification of pages: many side by side, many steps at once, and a very long one. */
final class Verifications {

    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int PAGES = 50;
    private static final int BRANCHES = 200;
    private static final long LENGTH = 1L << 30;
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final Table table;

    Verifications(Table table) {
        this.table = table;
    }

    void run() throws Exception {
        pages();
        branches();
        digest();
    }

    private static PageVerification verification(String site, int pages, Expectations expected) {
        AddressRule thisMachine = new AddressRule(AddressScope.LOCAL, 0);
        List<PageToVerify> all = IntStream.range(0, pages)
                .mapToObj(i -> new PageToVerify(
                        PageUrl.of(site + "/" + i).orElseThrow(), thisMachine, Map.of(), false, Optional.empty()))
                .toList();
        return new PageVerification(all, expected, 2, Optional.empty());
    }

    private static Expectations text(String text) {
        return new Expectations(
                200, Optional.of(text), Optional.empty(), Optional.empty(), Map.of(), Optional.empty());
    }

    /** Responds after 50 ms; some time after the start with the new version. */
    private record Website(long start, Duration delay, Duration late) implements SimService {

        @Override
        public String name() {
            return "website";
        }

        @Override
        public SimResponse handle(SimRequest request) {
            try {
                Thread.sleep(delay.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            boolean fresh = System.nanoTime() - start >= late.toNanos();
            return SimResponse.text(200, "text/html", fresh ? "new" : "old");
        }
    }

    private void pages() throws Exception {
        double[] ratio = new double[ROUNDS];
        double[] seconds = new double[ROUNDS];
        Website site = new Website(System.nanoTime(), Duration.ofMillis(50), Duration.ZERO);
        try (SimServer server = SimServer.start(site);
                EngineRuns runs = new EngineRuns(Signer.NONE)) {
            String url = server.url().toString();
            runs.run(verification(url, PAGES, text("new")).operation(), TIMEOUT).orFail();
            for (int i = 0; i < ROUNDS; i++) {
                double one = runs.run(verification(url, 1, text("new")).operation(), TIMEOUT)
                        .orFail()
                        .seconds();
                seconds[i] = runs.run(verification(url, PAGES, text("new")).operation(), TIMEOUT)
                        .orFail()
                        .seconds();
                ratio[i] = seconds[i] / one;
            }
        }
        table.add(
                "50 pages, two good answers each, beside one page alone",
                "%.2f s, %.2f ×".formatted(median(seconds), median(ratio)),
                "≤ 1.5 ×");
    }

    private void branches() throws Exception {
        double[] ratio = new double[ROUNDS];
        double[] cpu = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            double purges = purges();
            Website site = new Website(System.nanoTime(), Duration.ofMillis(5), WAIT);
            try (SimServer server = SimServer.start(site);
                    EngineRuns runs = new EngineRuns(Signer.NONE)) {
                PageVerification one = verification(server.url().toString(), 1, text("new"));
                cpu[i] = runs.run(BRANCHES, one.operation(), TIMEOUT).orFail().cpuSeconds();
            }
            ratio[i] = cpu[i] / purges;
        }
        table.add(
                "CPU of 200 verifications that wait 10 s, beside 200 Scaleway purges that take 10 s, polled singly",
                "%.2f s, %.2f ×".formatted(median(cpu), median(ratio)),
                "≤ 1.2 ×");
    }

    private static double purges() throws Exception {
        try (SimServer server = SimServer.start(
                        STANDARD.scaleway(InstantSource.system()).purgeTakes(WAIT, "done"));
                EngineRuns runs = new EngineRuns(
                        Signer.header(ScalewayClient.TOKEN_HEADER, STANDARD.scalewaySecretKey()))) {
            ScalewayPurge purge = new ScalewayPurge(
                    new ScalewayClient(ApiUrl.of(server.url().toString())),
                    STANDARD.scalewayPipelineId(),
                    new Batches(PurgeSelection.paths("/index.html"), 5),
                    true);
            return runs.run(BRANCHES, purge.operation(), TIMEOUT).orFail().cpuSeconds();
        }
    }

    private void digest() throws Exception {
        double[] ratio = new double[ROUNDS];
        double[] seconds = new double[ROUNDS];
        byte[] chunk = new byte[1 << 16];
        Arrays.fill(chunk, (byte) 'x');
        MessageDigest sha256 = BodyDigestAlgorithm.SHA_256.newDigest();
        for (long i = 0; i < LENGTH; i += chunk.length) {
            sha256.update(chunk);
        }
        Expectations expected = new Expectations(
                200,
                Optional.empty(),
                Optional.of(HexFormat.of().formatHex(sha256.digest())),
                Optional.empty(),
                Map.of(),
                Optional.empty());
        HttpServer server = server(chunk);
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        long heap;
        try (EngineRuns runs = new EngineRuns(Signer.NONE)) {
            PageVerification page = new PageVerification(
                    verification(url, 1, expected).pages(), expected, 1, Optional.empty());
            for (int i = 0; i < ROUNDS; i++) {
                double curl = curl(url + "/0");
                seconds[i] = runs.run(page.operation(), TIMEOUT).orFail().seconds();
                ratio[i] = curl / seconds[i];
            }
            heap = heapWhile(() -> runs.run(page.operation(), TIMEOUT).orFail());
        } finally {
            server.stop(0);
        }
        table.add(
                "SHA-256 of a page of 1 GiB, beside the speed of `curl | sha256sum`",
                "%.1f s, %.2f ×".formatted(median(seconds), median(ratio)),
                "≥ 0.5 ×");
        table.add("heap in use meanwhile, more than before", "%.1f MB".formatted(heap / 1e6), "≤ 20 MB");
    }

    private static HttpServer server(byte[] chunk) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, LENGTH);
                OutputStream out = exchange.getResponseBody();
                for (long i = 0; i < LENGTH; i += chunk.length) {
                    out.write(chunk);
                }
            }
        });
        server.start();
        return server;
    }

    private static double curl(String url) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process shell = new ProcessBuilder("sh", "-c", "curl -sf %s | sha256sum > /dev/null".formatted(url))
                .inheritIO()
                .start();
        if (shell.waitFor() != 0) {
            throw new IllegalStateException("curl failed");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private interface Work {
        void run() throws Exception;
    }

    /** The most that is in use after a collection, ten times a second. */
    private static long heapWhile(Work work) throws Exception {
        long before = EngineRuns.heap();
        AtomicLong most = new AtomicLong(before);
        ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();
        sampler.scheduleWithFixedDelay(
                () -> most.accumulateAndGet(EngineRuns.heap(), Math::max), 0, 100, TimeUnit.MILLISECONDS);
        try {
            work.run();
        } finally {
            sampler.shutdownNow();
        }
        return most.get() - before;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
