package io.jenkins.plugins.cachepurge.manifest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/**
 * Differences of two manifests; each list is in the order of the paths.
 *
 * @param added only in the newer one
 * @param changed with another digest
 * @param removed only in the older one
 * @param unchanged number of the others
 */
public record FileChanges(List<String> added, List<String> changed, List<String> removed, int unchanged)
        implements Serializable {

    public FileChanges {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
    }

    /**
     * Compares two manifests.
     *
     * @param uncertain paths that count as changed although they are equal, and as removed if they are in neither: a cache
     *     may hold what an earlier deployment had there
     */
    public static FileChanges between(Manifest before, Manifest after, Collection<String> uncertain) {
        Comparison comparison = new Comparison(new TreeSet<>(uncertain));
        comparison.merge(before.iterator(), after.iterator());
        return comparison.result();
    }

    /** All files of a manifest as new ones. */
    public static FileChanges allOf(Manifest manifest) {
        return between(Manifest.empty(), manifest, List.of());
    }

    private static final class Comparison {

        private final TreeSet<String> uncertain;
        private final List<String> added = new ArrayList<>();
        private final List<String> changed = new ArrayList<>();
        private final TreeSet<String> removed = new TreeSet<>();
        private int unchanged;

        Comparison(TreeSet<String> uncertain) {
            this.uncertain = uncertain;
        }

        void merge(Iterator<ManifestEntry> before, Iterator<ManifestEntry> after) {
            ManifestEntry old = next(before);
            ManifestEntry recent = next(after);
            while (old != null || recent != null) {
                int order = old == null ? 1 : recent == null ? -1 : old.compareTo(recent);
                if (order < 0) {
                    removed.add(old.path());
                } else if (order > 0) {
                    uncertain.remove(recent.path());
                    added.add(recent.path());
                } else {
                    both(old, recent);
                }
                old = order <= 0 ? next(before) : old;
                recent = order >= 0 ? next(after) : recent;
            }
            removed.addAll(uncertain);
        }

        private static ManifestEntry next(Iterator<ManifestEntry> files) {
            return files.hasNext() ? files.next() : null;
        }

        private void both(ManifestEntry old, ManifestEntry recent) {
            boolean wasUncertain = uncertain.remove(recent.path());
            if (wasUncertain || !old.digest().equals(recent.digest())) {
                changed.add(recent.path());
            } else {
                unchanged++;
            }
        }

        FileChanges result() {
            return new FileChanges(added, changed, new ArrayList<>(removed), unchanged);
        }
    }

    /** Whether there is nothing to purge. */
    public boolean isEmpty() {
        return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
    }

    /** Number of files of the newer manifest. */
    public int files() {
        return added.size() + changed.size() + unchanged;
    }

    /** All paths that differ. */
    public List<String> paths() {
        List<String> all = new ArrayList<>(added.size() + changed.size() + removed.size());
        all.addAll(added);
        all.addAll(changed);
        all.addAll(removed);
        all.sort(null);
        return all;
    }
}
