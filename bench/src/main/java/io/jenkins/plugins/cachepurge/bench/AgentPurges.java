package io.jenkins.plugins.cachepurge.bench;

import io.jenkins.plugins.cachepurge.demo.JenkinsHttpClient;
import io.jenkins.plugins.cachepurge.demo.JenkinsProcess;
import io.jenkins.plugins.cachepurge.simulator.DemoData;
import io.jenkins.plugins.cachepurge.simulator.Simulators;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A purge whose requests an agent sends, beside the same from the controller; all connections have a latency. */
public final class AgentPurges {

    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final int WARM_UP = Integer.getInteger("warmup", 3);
    private static final int PAGES = Integer.getInteger("pages", 500);
    private static final Duration ROUND_TRIP = Duration.ofMillis(Integer.getInteger("roundTrip", 5));

    private final JenkinsHttpClient jenkins;
    private final BuildMeasurements measuring;
    private final Table table = new Table();

    private AgentPurges(JenkinsHttpClient jenkins) {
        this.jenkins = jenkins;
        this.measuring = new BuildMeasurements(jenkins);
    }

    /** @param args the Maven to call, and options for it */
    public static void main(String[] args) throws Exception {
        try (Simulators services = Simulators.start(Map.of(), DemoData.STANDARD, InstantSource.system());
                ServiceProcess cache = ServiceProcess.start(Duration.ZERO, "varnish");
                LatencyProxy toCache = LatencyProxy.start(URI.create(cache.url(0)).getPort(), ROUND_TRIP);
                JenkinsProcess process =
                        JenkinsProcess.start(List.of(args), services, Path.of("target/no-other-plugins"));
                LatencyProxy toJenkins =
                        LatencyProxy.start(process.running().url().getPort(), ROUND_TRIP)) {
            AgentPurges bench = new AgentPurges(process.running());
            Process agent = bench.startAgent(toJenkins);
            try {
                String far = "http://127.0.0.1:" + toCache.port();
                bench.approve(cache.url(0), far);
                bench.firstCalls(cache.url(0));
                bench.compare(cache.url(0), far);
                bench.threads(far);
            } finally {
                agent.destroy();
            }
            bench.table.print();
        }
        System.exit(0);
    }

    private Process startAgent(LatencyProxy toJenkins) throws Exception {
        Path home = Files.createTempDirectory("bench-agent");
        String secret = jenkins.script(
                """
                def launcher = new hudson.slaves.JNLPLauncher()
                launcher.webSocket = true
                def agent = new hudson.slaves.DumbSlave('bench', '%s', launcher)
                agent.labelString = 'bench'
                jenkins.model.Jenkins.get().addNode(agent)
                print(agent.toComputer().jnlpMac)
                """
                        .formatted(home));
        Path jar = home.resolve("agent.jar");
        try (InputStream content =
                jenkins.url().resolve("jnlpJars/agent.jar").toURL().openStream()) {
            Files.copy(content, jar, StandardCopyOption.REPLACE_EXISTING);
        }
        Process agent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        jar.toString(),
                        "-url",
                        "http://127.0.0.1:%d/jenkins/".formatted(toJenkins.port()),
                        "-webSocket",
                        "-name",
                        "bench",
                        "-secret",
                        secret,
                        "-workDir",
                        home.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("agent.log").toFile())
                .start();
        while (!jenkins.script("print(jenkins.model.Jenkins.get().getComputer('bench').online)")
                .equals("true")) {
            Thread.sleep(200);
        }
        return agent;
    }

    private void approve(String... urls) throws Exception {
        jenkins.script(
                """
                def settings = jenkins.model.GlobalConfiguration.all().find { it.class.simpleName == 'CachePurgeConfiguration' }
                settings.allowedApiUrls = settings.allowedApiUrls + ['%s']
                """
                        .formatted(String.join("', '", urls)));
    }

    private static String purge(String name, String url, String via, String paths) {
        return """
                start = System.currentTimeMillis()
                cdnPurge cdn: varnish(url: '%s', host: 'www.example.org', via: '%s'), paths: %s
                echo "TOOK %s ${System.currentTimeMillis() - start}"
                """
                .formatted(url, via, paths, name);
    }

    private static String inNode(String steps) {
        return "node('bench') { def start\n" + steps + " }";
    }

    /** A purge from the controller comes first, so that Jenkins itself has run all of that code. */
    private void firstCalls(String url) throws Exception {
        String steps = purge("controller", url, "controller", "['/a']")
                + purge("first", url, "agent", "['/a']")
                + purge("second", url, "agent", "['/a']")
                + purge("third", url, "agent", "['/a']");
        Map<String, Double> took = measuring.said(inNode(steps));
        table.add(
                "one page through an agent that has just connected",
                "%.0f ms, then %.0f and %.0f ms".formatted(took.get("first"), took.get("second"), took.get("third")),
                "≤ 1 s more");
    }

    private void compare(String near, String far) throws Exception {
        String paths = "(0..<%d).collect { '/page-' + it }".formatted(PAGES);
        String steps = purge("controller", far, "controller", paths)
                + purge("agent", near, "agent", paths)
                + purge("agent-far", far, "agent", paths);
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int round = 1 - WARM_UP; round <= ROUNDS; round++) {
            Map<String, Double> took = measuring.said(inNode(steps));
            System.err.println((round > 0 ? "" : "(warming up) ") + took);
            if (round > 0) {
                took.forEach((name, time) ->
                        times.computeIfAbsent(name, none -> new ArrayList<>()).add(time));
            }
        }
        String what = "%d pages, %d ms from the controller to ".formatted(PAGES, ROUND_TRIP.toMillis());
        table.add(what + "the cache, without an agent", "%.0f ms".formatted(median(times, "controller")));
        addRatio(what + "the agent, which is beside the cache", times, "agent");
        addRatio(what + "the agent, and as much from there to the cache", times, "agent-far");
    }

    private void addRatio(String what, Map<String, List<Double>> times, String name) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            ratios.add(times.get(name).get(i) / times.get("controller").get(i));
        }
        double ratio = Rounds.median(ratios.stream().mapToDouble(Double::doubleValue));
        table.add(what, "%.0f ms, %.2f ×".formatted(median(times, name), ratio), "≤ 1.5 ×");
    }

    private static double median(Map<String, List<Double>> times, String name) {
        return Rounds.median(times.get(name).stream().mapToDouble(Double::doubleValue));
    }

    /** What is seen several times while a purge goes on. */
    private void threads(String far) throws Exception {
        String paths = "(0..<%d).collect { '/page-' + it }".formatted(4 * PAGES);
        CompletableFuture<Void> purge = CompletableFuture.runAsync(() -> {
            try {
                measuring.said(inNode(purge("many", far, "agent", paths)));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        int own = 0;
        int remoting = 0;
        while (!purge.isDone()) {
            String[] counts = jenkins.script(
                            """
                            def dump = hudson.util.RemotingDiagnostics.getThreadDump(jenkins.model.Jenkins.get().getComputer('bench').channel)
                            print(dump.keySet().count { it.startsWith('cache-purge') } + ' ' + dump.values().count { it.contains('AgentHttpClient') })
                            """)
                    .split(" ");
            own = Math.max(own, Integer.parseInt(counts[0]));
            remoting = Math.max(remoting, Integer.parseInt(counts[1]));
        }
        purge.get();
        table.add(
                "threads on the agent during a purge",
                "%d of the plugin; %d of remoting at work on requests".formatted(own, remoting),
                "≤ 2");
    }
}
