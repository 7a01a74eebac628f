package io.jenkins.plugins.cachepurge.bench;

import io.jenkins.plugins.cachepurge.demo.JenkinsProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** How long Jenkins takes to start with the plugin, and without it, where the plugins that it needs are there anyway. */
public final class StartUp {

    private static final int ROUNDS = Integer.getInteger("rounds", 15);
    /** The first start unpacks the plugins. */
    private static final int UNPACKING = 1;

    private static final String PLUGIN = "cache-purge.jpi";
    private static final String READY = "Jenkins is fully up and running";

    private final Path war;
    private final Path folder;

    private StartUp(Path war, Path folder) {
        this.war = war;
        this.folder = folder;
    }

    private record Start(double seconds, double cpuSeconds) {}

    /** @param args the war, and a folder with the .hpi of the plugin and of all that it needs */
    public static void main(String[] args) throws Exception {
        Path plugins = Path.of(args[1]);
        StartUp bench = new StartUp(Path.of(args[0]), Files.createTempDirectory(Path.of("bench/target"), "start-up"));
        Table table = new Table();
        table.add("size of the .hpi", "%.0f KiB".formatted(Files.size(plugins.resolve("cache-purge.hpi")) / 1024.0));
        bench.compare(plugins, table);
        table.print();
    }

    private void compare(Path plugins, Table table) throws Exception {
        Map<String, Path> homes = new LinkedHashMap<>();
        homes.put("without", home("without", plugins));
        Files.delete(homes.get("without").resolve("plugins").resolve(PLUGIN));
        homes.put("with", home("with", plugins));
        Map<String, List<Start>> starts = Rounds.interleaved(homes, UNPACKING, ROUNDS, this::start);
        table.add("start of Jenkins", compared(starts, Start::seconds));
        table.add("the same: CPU", compared(starts, Start::cpuSeconds));
    }

    private Path home(String name, Path plugins) throws IOException {
        Path home = folder.resolve(name);
        JenkinsProcess.copyPlugins(plugins, Files.createDirectories(home.resolve("plugins")));
        return home;
    }

    private Start start(Path home) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djenkins.install.runSetupWizard=false",
                        "-Dhudson.model.UpdateCenter.never=true",
                        "-jar",
                        war.toString(),
                        "--httpListenAddress=127.0.0.1",
                        "--httpPort=0")
                .redirectErrorStream(true);
        builder.environment().put("JENKINS_HOME", home.toString());
        long began = System.nanoTime();
        Process process = builder.start();
        try (BufferedReader log = process.inputReader()) {
            String line = log.readLine();
            while (line != null && !line.contains(READY)) {
                line = log.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("Jenkins did not start in " + home);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            Duration cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
            return new Start(took.toMillis() / 1000.0, cpu.toMillis() / 1000.0);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** The difference is the median of the rounds' differences: the machine is not equally fast in all of them. */
    private static String compared(Map<String, List<Start>> starts, ToDoubleFunction<Start> figure) {
        List<Start> without = starts.get("without");
        List<Start> with = starts.get("with");
        double more = Rounds.median(IntStream.range(0, ROUNDS)
                .mapToDouble(i -> figure.applyAsDouble(with.get(i)) - figure.applyAsDouble(without.get(i))));
        return "%.0f ms without, %.0f ms more with the plugin"
                .formatted(Rounds.median(without.stream().mapToDouble(figure)) * 1000, more * 1000);
    }
}
