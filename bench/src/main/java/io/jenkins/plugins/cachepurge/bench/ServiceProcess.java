package io.jenkins.plugins.cachepurge.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Process with services that respond after a delay. */
final class ServiceProcess implements AutoCloseable {

    private final Process process;
    private final List<String> urls;

    private ServiceProcess(Process process, List<String> urls) {
        this.process = process;
        this.urls = urls;
    }

    /** @param services names that {@link DelayedServices} knows */
    static ServiceProcess start(Duration delay, String... services) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DelayedServices.class.getName(),
                Long.toString(delay.toMillis())));
        command.addAll(List.of(services));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String ports = process.inputReader().readLine();
        if (ports == null) {
            throw new IOException("the services did not start");
        }
        return new ServiceProcess(
                process,
                Stream.of(ports.split(" ")).map(port -> "http://127.0.0.1:" + port).toList());
    }

    /** @param service 0 for the first */
    String url(int service) {
        return urls.get(service);
    }

    /** The counts of a service since this was called last. */
    RequestCounts.Counts takeCounts(int service) throws IOException {
        try (var log = URI.create(url(service) + DelayedServices.LOG_PATH).toURL().openStream()) {
            return RequestCounts.Counts.parse(new String(log.readAllBytes()));
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
