package io.jenkins.plugins.cachepurge.demo;

import io.jenkins.plugins.cachepurge.simulator.Simulators;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Jenkins of its own process, with the plugin, and with the credentials and addresses of simulated services. */
public final class JenkinsProcess implements AutoCloseable {

    /** Configuration for simulated services. */
    static final Path CONFIGURATION = Path.of("src/test/demo/jenkins.yaml").toAbsolutePath();

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private static final Path NO_OTHERS = TARGET.resolve("no-other-plugins");

    private final Process process;
    private final JenkinsHttpClient running;

    private JenkinsProcess(Process process, int port) {
        this.process = process;
        this.running = new JenkinsHttpClient(port, process);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /**
     * Starts it, and returns when it can be used.
     *
     * @param maven the Maven to call, and options for it
     * @param others a folder with other plugins, which need not exist
     * @throws IllegalStateException where it does not come up
     */
    public static JenkinsProcess start(List<String> maven, Simulators services, Path others)
            throws IOException, InterruptedException {
        return start(maven, CONFIGURATION, DemoServices.environment(services), others);
    }

    /**
     * The same without other plugins, and with a configuration of its own.
     *
     * @param configuration for Configuration as Code
     * @param variables what it takes from the environment
     */
    static JenkinsProcess start(List<String> maven, Path configuration, Map<String, String> variables)
            throws IOException, InterruptedException {
        return start(maven, configuration, variables, NO_OTHERS);
    }

    private static JenkinsProcess start(
            List<String> maven, Path configuration, Map<String, String> variables, Path others)
            throws IOException, InterruptedException {
        Files.createDirectories(TARGET);
        int port = freePort();
        Path home = Files.createTempDirectory(TARGET, "demo-home");
        copyPlugins(others, Files.createDirectory(home.resolve("plugins")));
        Path log = TARGET.resolve("demo-jenkins.log");
        System.out.println(
                "Starting Jenkins, which takes a minute or two, at http://127.0.0.1:%d/jenkins/; its own log is in %s"
                        .formatted(port, log));
        List<String> command = new ArrayList<>(maven);
        command.addAll(List.of(
                "-B",
                "hpi:run",
                "-Dhost=127.0.0.1",
                "-Dport=" + port,
                "-DjenkinsHome=" + home,
                "-Dspotless.check.skip=true"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        builder.environment().put("CASC_JENKINS_CONFIG", configuration.toString());
        JenkinsProcess started = new JenkinsProcess(builder.start(), port);
        started.running.awaitReady();
        return started;
    }

    /** Installs the .hpi files of a folder, which need not exist, in a home that no Jenkins runs in. */
    public static void copyPlugins(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (DirectoryStream<Path> plugins = Files.newDirectoryStream(from, "*.hpi")) {
            for (Path plugin : plugins) {
                Files.copy(plugin, to.resolve(plugin.getFileName().toString().replace(".hpi", ".jpi")));
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public JenkinsHttpClient running() {
        return running;
    }

    /** Returns when somebody ends it. */
    public void await() throws InterruptedException {
        process.waitFor();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
