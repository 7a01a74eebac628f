package io.jenkins.plugins.cachepurge.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** How long Jenkins takes to start with the plugin, and without it, where the plugins that it needs are there anyway. */
public final class StartUp {

    private static final int ROUNDS = Integer.getInteger("rounds", 15);
    private static final String PLUGIN = "cache-purge.hpi";
    private static final String READY = "Jenkins is fully up and running";

    private final Path war;
    private final Path folder;

    private StartUp(Path war, Path folder) {
        this.war = war;
        this.folder = folder;
    }

    private record Start(double seconds, double cpuSeconds) {}

    /** @param args the war, and a folder with the .hpi of the plugin and of all that it needs */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path plugins = Path.of(args[1]);
        StartUp bench = new StartUp(Path.of(args[0]), Files.createTempDirectory("cache-purge-start-up"));
        Table table = new Table();
        table.add("size of the .hpi", "%.0f KiB".formatted(Files.size(plugins.resolve(PLUGIN)) / 1024.0));
        bench.compare(plugins, table);
        table.print();
    }

    private void compare(Path plugins, Table table) throws IOException, InterruptedException {
        Map<String, Path> homes = new LinkedHashMap<>();
        homes.put("without", home("without", plugins));
        Files.delete(homes.get("without").resolve("plugins").resolve(PLUGIN));
        homes.put("with", home("with", plugins));
        Map<String, List<Start>> starts = new LinkedHashMap<>();
        // The first start unpacks the plugins.
        for (int round = 0; round <= ROUNDS; round++) {
            for (Map.Entry<String, Path> home : homes.entrySet()) {
                Start start = start(home.getValue());
                System.err.printf("%d %s: %s%n", round, home.getKey(), start);
                if (round > 0) {
                    starts.computeIfAbsent(home.getKey(), name -> new ArrayList<>())
                            .add(start);
                }
            }
        }
        table.add("start of Jenkins", compared(starts, Start::seconds));
        table.add("the same: CPU", compared(starts, Start::cpuSeconds));
    }

    private Path home(String name, Path plugins) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Path into = Files.createDirectory(home.resolve("plugins"));
        try (DirectoryStream<Path> all = Files.newDirectoryStream(plugins, "*.hpi")) {
            for (Path each : all) {
                Files.copy(each, into.resolve(each.getFileName()));
            }
        }
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
        double more = median(IntStream.range(0, ROUNDS)
                .mapToDouble(i -> figure.applyAsDouble(with.get(i)) - figure.applyAsDouble(without.get(i))));
        return "%.0f ms without, %.0f ms more with the plugin"
                .formatted(median(without.stream().mapToDouble(figure)) * 1000, more * 1000);
    }

    private static double median(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
