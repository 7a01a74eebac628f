package io.jenkins.plugins.cachepurge.changes;

import io.jenkins.plugins.cachepurge.manifest.PageLayout;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/**
 * A site as a web server has it: what its builds deployed, each at its own path, with an index for each directory. All may
 * be cached for an hour, also that a page is not found.
 */
final class DeployedSiteServer implements SimService {

    private static final String NOT_FOUND = "404";

    private final Map<String, Path> roots;
    private final Set<String> fetched = new ConcurrentSkipListSet<>();

    /** @param roots directories of deployed files, by their path at the site */
    DeployedSiteServer(Map<String, Path> roots) {
        this.roots = roots;
    }

    @Override
    public String name() {
        return "site";
    }

    @Override
    public SimResponse handle(SimRequest request) {
        fetched.add(request.path());
        String content = content(request.path());
        return SimResponse.text(content.equals(NOT_FOUND) ? 404 : 200, "text/plain", content)
                .withHeader("Cache-Control", "public, max-age=3600");
    }

    /** What a visitor should see. */
    String content(String page) {
        String base = roots.keySet().stream()
                .filter(page::startsWith)
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
        String below = URLDecoder.decode(page.substring(base.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
        Path file = roots.get(base).resolve(below);
        Path index = file.resolve("index.html");
        try {
            return Files.isRegularFile(file)
                    ? Files.readString(file)
                    : Files.isRegularFile(index) ? Files.readString(index) : NOT_FOUND;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pages that the cache asked for since the last call. */
    TreeSet<String> fetched() {
        TreeSet<String> pages = new TreeSet<>(fetched);
        fetched.clear();
        return pages;
    }

    /** The pages of files, as browsers ask for them. */
    static TreeSet<String> pages(String base, Iterable<String> files) {
        TreeSet<String> pages = new TreeSet<>();
        PageLayout layout = PageLayout.of(base, "index.html");
        files.forEach(file -> pages.addAll(new PurgeSelection(SelectionType.PATHS, layout.pages(file)).values()));
        return pages;
    }

    /** Files of a site that somebody works on. */
    static final class Sources {

        private static final List<String> NAMES = List.of(
                "index.html",
                "about.html",
                "blog/index.html",
                "blog/first post.html",
                "blog/größe.html",
                "img/a+b.svg",
                "img/100%.svg",
                "docs/v2/index.html",
                "docs/v2/c#.html",
                "app.js",
                "app.css",
                "feed.xml",
                "docs/v1/old.html",
                "shop/index.html",
                "shop/a.html",
                "shop/b.html",
                "shop/c.html",
                "what?.html");

        private final Path directory;
        private final Random random;

        Sources(Path directory, Random random) throws IOException {
            this.directory = directory;
            this.random = random;
            for (String name : NAMES) {
                write(name);
            }
        }

        private void write(String name) throws IOException {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "content " + random.nextInt(1000) + " of " + name);
        }

        TreeMap<String, String> files() throws IOException {
            return files(directory);
        }

        static TreeMap<String, String> files(Path root) throws IOException {
            TreeMap<String, String> files = new TreeMap<>();
            try (Stream<Path> all = Files.walk(root)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    files.put(root.relativize(file).toString(), Files.readString(file));
                }
            }
            return files;
        }

        void restore(Map<String, String> files) throws IOException {
            for (String name : files().keySet()) {
                Files.delete(directory.resolve(name));
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path target = directory.resolve(file.getKey());
                Files.createDirectories(target.getParent());
                Files.writeString(target, file.getValue());
            }
        }

        /** A few random edits, additions, renames and deletions. */
        void edit() throws IOException {
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                List<String> names = List.copyOf(files().keySet());
                String name = names.get(random.nextInt(names.size()));
                switch (names.size() < NAMES.size() - 3 ? 0 : random.nextInt(5)) {
                    case 0 -> write("new/" + random.nextInt(30) + (random.nextBoolean() ? "/index.html" : " é.html"));
                    case 1 -> Files.delete(directory.resolve(name));
                    case 2 -> Files.move(directory.resolve(name), directory.resolve("moved-" + random.nextInt(1000)));
                    default -> write(name);
                }
            }
        }
    }
}
