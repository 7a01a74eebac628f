package io.jenkins.plugins.cachepurge.bench;

import io.jenkins.plugins.cachepurge.demo.JenkinsProcess;
import io.jenkins.plugins.cachepurge.demo.JenkinsHttpClient;
import io.jenkins.plugins.cachepurge.simulator.DemoData;
import io.jenkins.plugins.cachepurge.simulator.FastlySimulator;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.Simulators;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Steps in a real Jenkins beside Pipeline's own: one after the other, and in many branches at once. */
public final class InJenkins {

    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    /** What is compiled while it is measured costs more than what is compared with it, which others have run before. */
    private static final int WARM_UP = Integer.getInteger("warmup", 6);

    private static final int STEPS = Integer.getInteger("steps", 300);
    private static final int AT_ONCE = 10;
    private static final int URLS = Integer.getInteger("urls", 2_000);
    /** The first of them run code that is not compiled yet. */
    private static final int LARGE_PURGES = Integer.getInteger("purges", 4);

    private static final int BRANCHES = Integer.getInteger("branches", 200);
    /** Plugins to compare with; none where they cannot be had. */
    private static final Path OTHERS = Path.of(System.getProperty("others", "bench/target/plugins"));

    private final Scripts scripts;
    private final FaultInjectingService scaleway;
    private final BuildMeasurements measuring;
    private final Table table = new Table();

    private InJenkins(Scripts scripts, FaultInjectingService scaleway, BuildMeasurements measuring) {
        this.scripts = scripts;
        this.scaleway = scaleway;
        this.measuring = measuring;
    }

    /** @param args the Maven to call, and options for it */
    public static void main(String[] args) throws Exception {
        InstantSource clock = InstantSource.system();
        DemoData data = DemoData.STANDARD;
        FaultInjectingService slow = new FaultInjectingService(data.scaleway(clock).purgeTakes(Duration.ofSeconds(20), "done"));
        try (Simulators services = Simulators.start(Map.of(), data, clock);
                SimServer buddy = SimServer.start(data.buddy(clock).limitRate(Integer.MAX_VALUE, Duration.ofHours(1)));
                SimServer scaleway = SimServer.start(slow);
                JenkinsProcess process = JenkinsProcess.start(List.of(args), services, OTHERS)) {
            JenkinsHttpClient jenkins = process.running();
            approve(jenkins, buddy.url());
            approve(jenkins, scaleway.url());
            boolean httpRequest = jenkins.script("print(jenkins.model.Jenkins.get().getPlugin('http_request') != null)")
                    .equals("true");
            Scripts scripts = new Scripts(buddy.url(), scaleway.url(), httpRequest);
            InJenkins bench = new InJenkins(scripts, slow, new BuildMeasurements(jenkins));
            if (URLS > 0) {
                bench.largePurges(jenkins);
            }
            if (STEPS > 0) {
                bench.oneAfterTheOther();
                bench.byTurns();
            }
            if (BRANCHES > 0) {
                bench.manyBranches();
                bench.heap();
            }
            bench.table.print();
        }
        System.exit(0);
    }

    private static void approve(JenkinsHttpClient jenkins, URI url) throws Exception {
        jenkins.script(
                """
                def settings = jenkins.model.GlobalConfiguration.all().find { it.class.simpleName == 'CachePurgeConfiguration' }
                settings.allowedApiUrls = settings.allowedApiUrls + ['%s']
                """
                        .formatted(url));
    }

    /** The services are a process of their own, which responds after 50 ms. */
    private void largePurges(JenkinsHttpClient jenkins) throws Exception {
        int huge = Integer.getInteger("hugeUrls", 100_000);
        try (ServiceProcess slow = ServiceProcess.start(Duration.ofMillis(50), "fastly");
                ServiceProcess fast = ServiceProcess.start(Duration.ZERO, "fastly")) {
            approve(jenkins, URI.create(slow.url(0)));
            approve(jenkins, URI.create(fast.url(0)));
            addSecret(jenkins, "fastly", FastlySimulator.DEMO_TOKEN);
            String what = "%,d URLs, one a request, in Jenkins: ".formatted(URLS);
            for (int i = 1; i <= LARGE_PURGES; i++) {
                BuildMeasurements.Cost waiting = measuring.cost(Scripts.urls(slow.url(0), URLS, false));
                double ownBefore = measuring.cpuSecondsOfOwnThreads();
                BuildMeasurements.Cost cost = measuring.cost(Scripts.urls(slow.url(0), URLS, true));
                double own = measuring.cpuSecondsOfOwnThreads() - ownBefore;
                table.add(
                        what + "purge " + i,
                        "%.1f s, %.2f ms of CPU a request in the threads that purge, %.2f ms in all of Jenkins more than for `sleep`, %.0f threads more (`sleep`: %.0f), %.0f KB"
                                .formatted(
                                        cost.seconds(),
                                        own * 1000 / URLS,
                                        (cost.cpuSeconds() - waiting.cpuSeconds()) * 1000 / URLS,
                                        cost.threads(),
                                        waiting.threads(),
                                        cost.kilobytes()),
                        "≤ 0.5 ms, ≤ 20 threads");
            }
            if (huge > 0) {
                double heap = measuring.heap(Scripts.urls(fast.url(0), huge, true));
                BuildMeasurements.Cost cost = measuring.cost(Scripts.urls(fast.url(0), huge, true));
                table.add(
                        "%,d URLs in Jenkins".formatted(huge),
                        "%.0f s, %.1f MB of heap more, %.1f MB of files, %.2f ms of CPU a request, %.0f threads more"
                                .formatted(
                                        cost.seconds(),
                                        heap / 1e6,
                                        cost.kilobytes() / 1024,
                                        cost.cpuSeconds() * 1000 / huge,
                                        cost.threads()),
                        "ends, ≤ 60 MB, ≤ 6 MB");
            }
        }
    }

    private static void addSecret(JenkinsHttpClient jenkins, String id, String secret) throws Exception {
        jenkins.script(
                """
                def text = new org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl(com.cloudbees.plugins.credentials.CredentialsScope.GLOBAL, '%s', '', hudson.util.Secret.fromString('%s'))
                com.cloudbees.plugins.credentials.SystemCredentialsProvider.instance.store.addCredentials(com.cloudbees.plugins.credentials.domains.Domain.global(), text)
                """
                        .formatted(id, secret));
    }

    private void oneAfterTheOther() throws Exception {
        Map<String, List<BuildMeasurements.Cost>> costs = interleaved(scripts.oneAfterTheOther(STEPS));
        String what = STEPS + " steps, one after the other: ";
        compare(what + "time a step", "ms", costs, cost -> cost.seconds() * 1000 / STEPS);
        compare(what + "CPU a step", "ms", costs, cost -> cost.cpuSeconds() * 1000 / STEPS);
    }

    private void byTurns() throws Exception {
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, Double> said = measuring.said(scripts.byTurns(STEPS, AT_ONCE));
            said.forEach((name, time) ->
                    times.computeIfAbsent(name, none -> new ArrayList<>()).add(time));
        }
        compare("%d steps of each, %d by turns: time a step".formatted(STEPS, AT_ONCE), "ms", times, time -> time / STEPS);
    }

    private void manyBranches() throws Exception {
        int before = scaleway.requests().size();
        Map<String, String> all = new LinkedHashMap<>(scripts.branches(BRANCHES));
        Map<String, List<BuildMeasurements.Cost>> costs = interleaved(all);
        String what = BRANCHES + " branches that wait 20 s: ";
        compare(what + "time", "s", costs, BuildMeasurements.Cost::seconds);
        compare(what + "CPU", "s", costs, BuildMeasurements.Cost::cpuSeconds);
        compare(what + "bytes of the build", "KB", costs, BuildMeasurements.Cost::kilobytes);
        compare(what + "threads at the peak, more than before", "", costs, BuildMeasurements.Cost::threads);
        if (!all.containsKey("loop")) {
            double requests = scaleway.requests().size() - before;
            table.add(what + "requests a purge", "%.1f".formatted(requests / BRANCHES / (WARM_UP + ROUNDS)));
        }
    }

    private void heap() throws Exception {
        Map<String, String> all = scripts.branches(BRANCHES);
        measuring.heap(all.get("sleep"));
        double sleep = measuring.heap(all.get("sleep"));
        double ours = measuring.heap(all.get("cdnPurge"));
        table.add(
                BRANCHES + " branches that wait 20 s: heap a branch",
                "sleep %.1f KB, cdnPurge %.1f KB".formatted(sleep / BRANCHES / 1024, ours / BRANCHES / 1024));
    }

    private Map<String, List<BuildMeasurements.Cost>> interleaved(Map<String, String> scripts) throws Exception {
        return Rounds.interleaved(scripts, WARM_UP, ROUNDS, measuring::cost);
    }

    /**
     * One row: the median of each, and how many times the others' ours is: the median of the rounds' ratios, since what
     * else the machine does differs more from one round to the next than within one.
     */
    private <C> void compare(
            String what, String unit, Map<String, List<C>> costs, ToDoubleFunction<C> figure) {
        List<C> ours = costs.getOrDefault("cdnPurge", costs.get("buddyClearCache"));
        List<String> said = new ArrayList<>();
        costs.forEach((name, all) -> said.add("%s %.1f %s"
                .formatted(name, Rounds.median(all.stream().mapToDouble(figure)), unit)
                .strip()));
        costs.forEach((name, all) -> {
            double[] ratios = IntStream.range(0, all.size())
                    .mapToDouble(i -> figure.applyAsDouble(ours.get(i)) / figure.applyAsDouble(all.get(i)))
                    .toArray();
            if (all != ours) {
                said.add("%.2f × %s".formatted(Rounds.median(Arrays.stream(ratios)), name));
            }
        });
        table.add(what, String.join(", ", said));
    }
}
