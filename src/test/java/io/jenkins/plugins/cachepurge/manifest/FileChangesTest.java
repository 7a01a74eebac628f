package io.jenkins.plugins.cachepurge.manifest;

import static io.jenkins.plugins.cachepurge.manifest.ManifestTest.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What differs between two manifests. */
class FileChangesTest {

    private static Manifest manifest(Map<String, String> files) {
        return Manifest.of(files.entrySet().stream()
                .map(each -> file(each.getKey(), each.getValue()))
                .toList());
    }

    @Test
    void addedChangedRemovedAndUnchanged() {
        Manifest before = manifest(Map.of("a", "1", "b", "1", "c", "1", "e", "1"));
        Manifest after = manifest(Map.of("b", "2", "c", "1", "d", "1", "e", "1"));
        FileChanges changes = FileChanges.between(before, after, List.of());
        assertEquals(new FileChanges(List.of("d"), List.of("b"), List.of("a"), 2), changes);
        assertEquals(4, changes.files());
        assertEquals(List.of("a", "b", "d"), changes.paths());
        assertFalse(changes.isEmpty());
        assertTrue(FileChanges.between(before, before, List.of()).isEmpty());
        assertEquals(new FileChanges(List.of("a", "b", "c", "e"), List.of(), List.of(), 0), FileChanges.allOf(before));
    }

    /** A build that failed may have put them into the cache. */
    @Test
    void whatIsUncertainCountsAsChanged() {
        Manifest before = manifest(Map.of("a", "1", "b", "1", "old", "1"));
        Manifest after = manifest(Map.of("a", "1", "b", "1", "new", "1"));
        FileChanges changes = FileChanges.between(before, after, List.of("gone", "b", "new", "old"));
        assertEquals(new FileChanges(List.of("new"), List.of("b"), List.of("gone", "old"), 1), changes);
    }

    @Test
    void itIsWhatComparingMapsFinds() {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            Map<String, String> before = files(random);
            Map<String, String> after = files(random);
            FileChanges changes = FileChanges.between(manifest(before), manifest(after), List.of());
            assertEquals(minus(after.keySet(), before.keySet()), changes.added());
            assertEquals(minus(before.keySet(), after.keySet()), changes.removed());
            assertEquals(
                    after.keySet().stream()
                            .filter(path -> before.containsKey(path)
                                    && !before.get(path).equals(after.get(path)))
                            .toList(),
                    changes.changed());
            assertEquals(after.size(), changes.files());
        }
    }

    private static Map<String, String> files(Random random) {
        Map<String, String> files = new TreeMap<>();
        int count = random.nextInt(30);
        for (int i = 0; i < count; i++) {
            files.put("p" + random.nextInt(20) + (random.nextBoolean() ? "/x" : ""), "" + random.nextInt(3));
        }
        return files;
    }

    private static List<String> minus(Set<String> all, Set<String> others) {
        return all.stream()
                .filter(path -> !others.contains(path))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }
}
