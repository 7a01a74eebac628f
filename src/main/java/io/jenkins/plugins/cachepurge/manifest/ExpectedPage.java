package io.jenkins.plugins.cachepurge.manifest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Page whose content is known from a manifest.
 *
 * @param path from the root of the site, not yet in the spelling of browsers
 * @param digest of its whole body; empty for a page that must be gone
 */
public record ExpectedPage(String path, Optional<Sha256> digest) {

    /**
     * A sample of the pages that changed: those of index files first, as their directories, then changed, new and removed
     * ones. If some were removed, at least one of them is part of it: as its file, since its directory may still be there,
     * and none that is a directory now.
     *
     * @param manifest the files after the changes
     * @param atMost maximum number of pages, 1 or more
     */
    public static List<ExpectedPage> sample(Manifest manifest, FileChanges changes, PageLayout layout, int atMost) {
        List<String> present = chosen(Stream.of(changes.changed(), changes.added()), layout, atMost);
        NavigableSet<String> added = new TreeSet<>(changes.added());
        List<String> removedFiles = changes.removed().stream()
                .filter(file -> !isDirectory(file, added))
                .toList();
        List<String> gone = chosen(Stream.of(removedFiles), layout, atMost);
        int removed = Math.min(gone.size(), Math.max(1, atMost - present.size()));
        List<String> kept = present.subList(0, Math.min(present.size(), atMost - removed));
        Map<String, Sha256> digests = digests(manifest, kept);
        List<ExpectedPage> sample = new ArrayList<>();
        kept.forEach(file -> sample.add(new ExpectedPage(page(file, layout), Optional.of(digests.get(file)))));
        gone.subList(0, removed)
                .forEach(file -> sample.add(new ExpectedPage(layout.pages(file).get(0), Optional.empty())));
        return sample;
    }

    private static boolean isDirectory(String file, NavigableSet<String> added) {
        String below = added.ceiling(file + "/");
        return below != null && below.startsWith(file + "/");
    }

    private static List<String> chosen(Stream<List<String>> files, PageLayout layout, int atMost) {
        return files.flatMap(Collection::stream)
                .sorted(Comparator.comparing(file -> !layout.isIndex(file)))
                .limit(atMost)
                .toList();
    }

    private static String page(String file, PageLayout layout) {
        List<String> pages = layout.pages(file);
        return pages.get(layout.isIndex(file) ? 1 : 0);
    }

    private static Map<String, Sha256> digests(Manifest manifest, List<String> files) {
        Map<String, Sha256> digests = new HashMap<>();
        Set<String> wanted = Set.copyOf(files);
        manifest.forEach(file -> {
            if (wanted.contains(file.path())) {
                digests.put(file.path(), file.digest());
            }
        });
        return digests;
    }
}
