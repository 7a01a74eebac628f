package io.jenkins.plugins.cachepurge.demo;

import io.jenkins.plugins.cachepurge.simulator.DemoData;
import io.jenkins.plugins.cachepurge.simulator.Simulators;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Starts a Jenkins with the plugin beside simulated services, and runs the demo pipeline in it. */
public final class JenkinsDemo {

    private static final Path FILES = Path.of("src/test/demo").toAbsolutePath();
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private JenkinsDemo() {}

    /**
     * @param args the Maven to call, options for it, and {@code --once} to end after the run, with 0 if it was successful
     */
    public static void main(String[] args) throws Exception {
        List<String> maven = new ArrayList<>(Arrays.asList(args));
        boolean once = maven.remove("--once");
        try (Simulators services = Simulators.start(Map.of(), DemoData.STANDARD, InstantSource.system())) {
            int port = freePort();
            Process jenkins = start(maven, port, services);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(jenkins)));
            RunningJenkins running = new RunningJenkins(port, jenkins);
            running.awaitReady();
            boolean successful = running.run("demo", Files.readString(FILES.resolve("Jenkinsfile")), System.out);
            if (once) {
                end(jenkins);
                System.exit(successful ? 0 : 1);
            }
            System.out.println("Jenkins is open at " + running.url() + " until Ctrl-C.");
            jenkins.waitFor();
        }
    }

    private static Process start(List<String> maven, int port, Simulators services) throws IOException {
        Files.createDirectories(TARGET);
        Path home = Files.createTempDirectory(TARGET, "demo-home");
        Path log = TARGET.resolve("demo-jenkins.log");
        System.out.println("Starting Jenkins on port %d; its own log is in %s".formatted(port, log));
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
        builder.environment().putAll(environment(services));
        return builder.start();
    }

    private static Map<String, String> environment(Simulators services) {
        DemoData data = DemoData.STANDARD;
        return Map.ofEntries(
                Map.entry("CASC_JENKINS_CONFIG", FILES.resolve("jenkins.yaml").toString()),
                Map.entry("BUDDY_API", services.buddy().toString()),
                Map.entry("BUDDY_TOKEN", data.buddyToken()),
                Map.entry("SCALEWAY_API", services.scaleway().toString()),
                Map.entry("SCALEWAY_SECRET_KEY", data.scalewaySecretKey()),
                Map.entry("GOTIPATH_API", services.gotipath().toString()),
                Map.entry("GOTIPATH_CLIENT_ID", data.gotipathClientId()),
                Map.entry("GOTIPATH_LIBRARY_ID", data.gotipathLibraryId()),
                Map.entry("GOTIPATH_API_KEY", data.gotipathApiKey()),
                Map.entry("FELDERA_API", services.feldera().toString()),
                Map.entry("FELDERA_API_KEY", data.felderaApiKey()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void end(Process jenkins) {
        jenkins.descendants().forEach(ProcessHandle::destroy);
        jenkins.destroy();
    }
}
