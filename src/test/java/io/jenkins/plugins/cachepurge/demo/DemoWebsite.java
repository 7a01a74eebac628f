package io.jenkins.plugins.cachepurge.demo;

import io.jenkins.plugins.cachepurge.simulator.CacheSimulator;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Website behind a simulated Varnish: files of a directory, of which visitors get copies until they are purged. */
final class DemoWebsite implements SimService {

    private record Copy(int status, String content, Instant storedAt) {}

    private final Path directory;
    private final InstantSource clock;
    private final CacheSimulator varnish = new CacheSimulator(CacheSimulator.Kind.VARNISH, false);
    private final Map<String, Copy> copies = new ConcurrentHashMap<>();

    /** @param directory where a deployment puts its files */
    DemoWebsite(Path directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "website";
    }

    @Override
    public SimResponse handle(SimRequest request) {
        return request.method().equals("GET") ? look(request) : varnish.handle(request);
    }

    private SimResponse look(SimRequest request) {
        String page = request.header("Host").orElse("") + request.path();
        boolean cached = varnish.cached().contains(page);
        Copy copy = cached ? copies.get(page) : fetch(request.path());
        copies.put(page, copy);
        varnish.handle(request);
        return SimResponse.text(copy.status(), "text/html", copy.content())
                .withHeader("Cache-Control", "public, max-age=3600")
                .withHeader("X-Cache", cached ? "HIT" : "MISS")
                .withHeader(
                        "Age",
                        Long.toString(Duration.between(copy.storedAt(), clock.instant())
                                .toSeconds()));
    }

    private Copy fetch(String path) {
        Path file = directory.resolve(path.substring(1) + (path.endsWith("/") ? "index.html" : ""));
        try {
            boolean found = file.normalize().startsWith(directory) && Files.isRegularFile(file);
            return new Copy(found ? 200 : 404, found ? Files.readString(file) : "not found", clock.instant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
