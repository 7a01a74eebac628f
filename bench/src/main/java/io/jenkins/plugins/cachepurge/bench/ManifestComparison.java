package io.jenkins.plugins.cachepurge.bench;

import io.jenkins.plugins.cachepurge.manifest.FileChanges;
import io.jenkins.plugins.cachepurge.manifest.Manifest;
import io.jenkins.plugins.cachepurge.manifest.PageFolding;
import io.jenkins.plugins.cachepurge.manifest.PageLayout;
import io.jenkins.plugins.cachepurge.manifest.PagesToPurge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Compares two manifests in a process of its own, so that its memory can be limited. */
final class ManifestComparison {

    private ManifestComparison() {}

    /** @param files the older manifest, and the newer one */
    public static void main(String[] files) throws Exception {
        long started = System.nanoTime();
        Manifest before = Manifest.read(Files.readAllBytes(Path.of(files[0])));
        Manifest after = Manifest.read(Files.readAllBytes(Path.of(files[1])));
        FileChanges changes = FileChanges.between(before, after, List.of());
        PagesToPurge pages = new PageFolding(PageLayout.of("/", "index.html"), 100, true, true, false).fold(changes.changed());
        System.out.printf(
                "%.2f s, %,d changed, %s%n",
                (System.nanoTime() - started) / 1e9,
                changes.changed().size(),
                pages.everything() ? "everything is purged" : pages.count() + " pages and directories");
    }
}
