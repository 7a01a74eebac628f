package io.jenkins.plugins.cachepurge.changes;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.manifest.FileChanges;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import java.io.Serializable;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Result of a purge of changes.
 *
 * @param purge result of the requests
 * @param count number of purged pages and directories; 0 for everything, and for nothing
 * @param text what was purged, such as "9 pages"
 * @param files numbers of files by how they changed
 */
record ChangesResult(PurgeResult purge, int count, LocalizedText text, FileCounts files) implements OperationResult {

    /** Numbers of files by how they changed. */
    record FileCounts(int added, int changed, int removed, int unchanged) implements Serializable {

        static FileCounts of(FileChanges changes) {
            return new FileCounts(
                    changes.added().size(),
                    changes.changed().size(),
                    changes.removed().size(),
                    changes.unchanged());
        }
    }

    @Override
    public Serializable toPipelineValue() {
        return (Serializable) Collections.unmodifiableMap(values());
    }

    @Override
    public Serializable toPipelineValue(Instant startedAt) {
        Map<String, Object> map = values();
        map.put("startedAt", startedAt.toEpochMilli());
        return (Serializable) Collections.unmodifiableMap(map);
    }

    /** The value of a purge that was verified. */
    Serializable toPipelineValue(Instant startedAt, int verified) {
        Map<String, Object> map = values();
        map.put("startedAt", startedAt.toEpochMilli());
        map.put("verified", verified);
        return (Serializable) Collections.unmodifiableMap(map);
    }

    private Map<String, Object> values() {
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        if (purge.toPipelineValue() instanceof Map<?, ?> result) {
            result.forEach((key, value) -> map.put(key.toString(), value));
        }
        map.put("what", "changes");
        map.put("count", count);
        LinkedHashMap<String, Object> changes = new LinkedHashMap<>();
        changes.put("added", files.added());
        changes.put("changed", files.changed());
        changes.put("removed", files.removed());
        changes.put("unchanged", files.unchanged());
        map.put("changes", (Serializable) Collections.unmodifiableMap(changes));
        return map;
    }

    @Override
    public LocalizedText summary() {
        return purge.status().equals(PurgeResult.UNCHANGED)
                ? LocalizedText.of("changes.nothingToPurge")
                : purge.summary(text);
    }

    @Override
    public Optional<LocalizedText> warning() {
        return purge.warning();
    }

    @Override
    public Optional<String> link() {
        return purge.link();
    }
}
