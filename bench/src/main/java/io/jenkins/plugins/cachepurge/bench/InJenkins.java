package io.jenkins.plugins.cachepurge.bench;

import io.jenkins.plugins.cachepurge.demo.JenkinsProcess;
import io.jenkins.plugins.cachepurge.demo.RunningJenkins;
import io.jenkins.plugins.cachepurge.simulator.DemoData;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.Simulators;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Steps in a real Jenkins beside Pipeline's own: one after the other, and in many branches at once. */
public final class InJenkins {

    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final int STEPS = 300;
    private static final int BRANCHES = Integer.getInteger("branches", 200);

    private static final Map<String, String> STEP = steps(
            "echo", "echo 'x'",
            "sleep", "sleep time: 1, unit: 'MILLISECONDS'",
            "buddyClearCache",
                    "buddyClearCache credentialsId: 'buddy', workspace: 'acme', project: 'website', pipelineId: 2, apiUrl: BUDDY_API");

    private static final Map<String, String> WAIT = steps(
            "sleep", "sleep 20",
            "cdnPurge",
                    "cdnPurge cdn: scaleway(credentialsId: 'scw', pipelineId: '22222222-2222-4222-8222-222222222222', apiUrl: 'SLOW'), paths: ['/index.html']");

    private final RunningJenkins jenkins;
    private final Table table = new Table();
    private int jobs;
    private URI slowScaleway;

    private InJenkins(RunningJenkins jenkins) {
        this.jenkins = jenkins;
    }

    private static Map<String, String> steps(String... namesAndSteps) {
        Map<String, String> steps = new LinkedHashMap<>();
        for (int i = 0; i < namesAndSteps.length; i += 2) {
            steps.put(namesAndSteps[i], namesAndSteps[i + 1]);
        }
        return steps;
    }

    /** @param args the Maven to call, and options for it */
    public static void main(String[] args) throws Exception {
        try (Simulators services = Simulators.start(Map.of(), DemoData.STANDARD, InstantSource.system());
                SimServer slow = SimServer.start(
                        DemoData.STANDARD.scaleway(InstantSource.system()).purgeTakes(Duration.ofSeconds(20), "done"));
                JenkinsProcess process = JenkinsProcess.start(List.of(args), services)) {
            InJenkins bench = new InJenkins(process.running());
            bench.approve(slow.url());
            bench.oneAfterTheOther();
            bench.manyBranches();
            bench.table.print();
        }
        System.exit(0);
    }

    private void approve(URI url) throws Exception {
        jenkins.script(
                """
                def settings = jenkins.model.GlobalConfiguration.all().find { it.class.simpleName == 'CachePurgeConfiguration' }
                settings.allowedApiUrls = settings.allowedApiUrls + ['%s']
                """
                        .formatted(url));
        slowScaleway = url;
    }

    private void oneAfterTheOther() throws Exception {
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int round = 0; round <= ROUNDS; round++) {
            for (Map.Entry<String, String> step : STEP.entrySet()) {
                String script = "for (int i = 0; i < %d; i++) { %s }".formatted(STEPS, step.getValue());
                double each = (double) run(script) / STEPS;
                if (round > 0) {
                    times.computeIfAbsent(step.getKey(), name -> new ArrayList<>()).add(each);
                }
            }
        }
        double ours = median(times.get("buddyClearCache"));
        table.add(
                STEPS + " steps, one after the other",
                "echo %.1f ms, sleep 1 ms %.1f ms, buddyClearCache %.1f ms: %.2f × sleep"
                        .formatted(
                                median(times.get("echo")),
                                median(times.get("sleep")),
                                ours,
                                ours / median(times.get("sleep"))),
                "≤ 1.05 × sleep");
    }

    private void manyBranches() throws Exception {
        Map<String, List<Cost>> costs = new LinkedHashMap<>();
        for (int round = 0; round <= ROUNDS; round++) {
            for (Map.Entry<String, String> step : WAIT.entrySet()) {
                Cost cost = cost(step.getValue().replace("SLOW", slowScaleway.toString()));
                if (round > 0) {
                    costs.computeIfAbsent(step.getKey(), name -> new ArrayList<>()).add(cost);
                }
            }
        }
        List<Cost> sleep = costs.get("sleep");
        List<Cost> ours = costs.get("cdnPurge");
        compare("time", sleep, ours, cost -> cost.seconds, "s");
        compare("CPU", sleep, ours, cost -> cost.cpuSeconds, "s");
        compare("bytes of the build", sleep, ours, cost -> cost.kilobytes, "KB");
        table.add(
                BRANCHES + " branches that wait 20 s: most threads",
                "sleep %.0f, cdnPurge %.0f"
                        .formatted(median(values(sleep, Cost::threads)), median(values(ours, Cost::threads))),
                "≤ 16 more");
    }

    private interface Figure {
        double of(Cost cost);
    }

    private void compare(String what, List<Cost> sleep, List<Cost> ours, Figure figure, String unit) {
        double theirs = median(values(sleep, figure));
        double mine = median(values(ours, figure));
        table.add(
                "%d branches that wait 20 s: %s".formatted(BRANCHES, what),
                "sleep %.1f %s, cdnPurge %.1f %s: %.2f ×".formatted(theirs, unit, mine, unit, mine / theirs),
                "≤ 1.15 × sleep");
    }

    private static List<Double> values(List<Cost> costs, Figure figure) {
        return costs.stream().map(figure::of).toList();
    }

    private record Cost(double seconds, double cpuSeconds, double kilobytes, double threads) {}

    private Cost cost(String step) throws Exception {
        double cpu = number("(java.lang.management.ManagementFactory.operatingSystemMXBean).processCpuTime");
        jenkins.script("java.lang.management.ManagementFactory.threadMXBean.resetPeakThreadCount()");
        String script =
                "def branches = [:]; for (int i = 0; i < %d; i++) { branches['b' + i] = { %s } }; parallel branches"
                        .formatted(BRANCHES, step);
        double seconds = run(script) / 1000.0;
        String directory = "jenkins.model.Jenkins.get().getItem('bench%d').getBuildByNumber(1).rootDir".formatted(jobs);
        return new Cost(
                seconds,
                (number("(java.lang.management.ManagementFactory.operatingSystemMXBean).processCpuTime") - cpu) / 1e9,
                number(directory + ".traverse(type: groovy.io.FileType.FILES) { total += it.length() }; total") / 1024,
                number("java.lang.management.ManagementFactory.threadMXBean.peakThreadCount"));
    }

    private double number(String expression) throws Exception {
        String[] parts = expression.split("; total$", -1);
        return Double.parseDouble(
                parts.length == 1
                        ? jenkins.script("print(" + expression + ")")
                        : jenkins.script("long total = 0; " + parts[0] + "; print(total)"));
    }

    private long run(String script) throws Exception {
        String job = "bench" + ++jobs;
        if (!jenkins.run(job, script, new PrintStream(OutputStream.nullOutputStream()))) {
            throw new IllegalStateException(job + " failed: " + script);
        }
        return jenkins.duration(job);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
