package io.jenkins.plugins.cachepurge.bench;

import io.jenkins.plugins.cachepurge.manifest.DigestCache;
import io.jenkins.plugins.cachepurge.manifest.DirectoryReader;
import io.jenkins.plugins.cachepurge.manifest.Manifest;
import io.jenkins.plugins.cachepurge.manifest.ManifestEntry;
import io.jenkins.plugins.cachepurge.manifest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What it costs to read a directory and to compare it with what was purged last, beside the commands of a shell. */
final class ManifestBenchmark {

    private static final int FILES = Integer.getInteger("files", 100_000);
    private static final int FILE_BYTES = 2_000_000_000 / 100_000;

    private final Table table;

    private ManifestBenchmark(Table table) {
        this.table = table;
    }

    static void addTo(Table table) throws Exception {
        Path directory = Files.createTempDirectory("cache-purge-bench");
        try {
            new ManifestBenchmark(table).measure(directory);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void measure(Path directory) throws Exception {
        Path site = directory.resolve("dist");
        create(site);
        List<Double> shell = new ArrayList<>();
        List<Double> reader = new ArrayList<>();
        Manifest manifest = Manifest.empty();
        int rounds = Integer.getInteger("rounds", 3);
        for (int round = 0; round < rounds; round++) {
            shell.add(shell(site));
            double before = System.nanoTime();
            manifest = read(site, DigestCache.none());
            reader.add((System.nanoTime() - before) / 1e9);
        }
        table.add(
                "%,d files, 2 GB: digests of all".formatted(FILES),
                "%.1f s, %.2f × `find | xargs -P 2 sha256sum` (first round, with a cold virtual machine: %.1f s)"
                        .formatted(median(reader), median(reader) / median(shell), reader.get(0)),
                "≤ 1.3 ×");
        table.add("the same: manifest", "%.2f MB".formatted(manifest.length() / 1e6), "≤ 4 MB");
        compare(manifest, directory);
        trustTimes(site, directory.resolve("digests"));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static void create(Path site) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        byte[] content = new byte[FILE_BYTES];
        FileTime time = FileTime.from(Instant.now().minusSeconds(3600));
        for (int i = 0; i < FILES; i++) {
            Path folder = site.resolve("section-%03d/article-%05d".formatted(i / 400, i));
            Files.createDirectories(folder);
            random.nextBytes(content);
            Path file = Files.write(folder.resolve("index.html"), content);
            Files.setLastModifiedTime(file, time);
        }
    }

    private static double shell(Path site) throws Exception {
        long before = System.nanoTime();
        Process process = new ProcessBuilder(
                        "sh", "-c", "find . -type f -print0 | xargs -0 -P 2 -n 256 sha256sum > /dev/null")
                .directory(site.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("sha256sum failed");
        }
        return (System.nanoTime() - before) / 1e9;
    }

    private static Manifest read(Path site, DigestCache cache) throws Exception {
        return new DirectoryReader(site, path -> true, cache, () -> true).read().manifest();
    }

    /** What the controller does with two manifests, all of whose files differ, in a process with that much memory. */
    private void compare(Manifest manifest, Path directory) throws Exception {
        List<ManifestEntry> others = new ArrayList<>();
        manifest.forEach(file -> others.add(new ManifestEntry(file.path(), file.size() + 1, other(file.digest()))));
        Path before = Files.write(directory.resolve("before"), Manifest.of(others).toBytes());
        Path after = Files.write(directory.resolve("after"), manifest.toBytes());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx60m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManifestComparison.class.getName(),
                        before.toString(),
                        after.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        table.add(
                "the same: check and compare on the controller, all of them changed",
                process.waitFor() == 0 ? said + ", in a process with a heap of 60 MB" : "failed: " + said,
                "≤ 60 MB");
    }

    private static Sha256 other(Sha256 digest) {
        return new Sha256(digest.fourth(), digest.first(), digest.second(), digest.third());
    }

    private void trustTimes(Path site, Path cache) throws Exception {
        read(site, DigestCache.in(cache));
        long before = System.nanoTime();
        read(site, DigestCache.in(cache));
        table.add(
                "the same, unchanged, with `trustTimes: true`",
                "%.1f s".formatted((System.nanoTime() - before) / 1e9));
    }
}
