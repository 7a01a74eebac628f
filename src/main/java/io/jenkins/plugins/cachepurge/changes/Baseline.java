package io.jenkins.plugins.cachepurge.changes;

import io.jenkins.plugins.cachepurge.manifest.Manifest;
import java.time.Instant;
import java.util.List;

/**
 * What was last purged completely.
 *
 * @param id unique
 * @param build number of the build that purged it
 * @param time when the purge had ended
 * @param uncertain paths of which a cache may hold something else than the manifest says, since purges that did not end
 *     had purged them
 */
record Baseline(BaselineKey key, String id, int build, Instant time, Manifest manifest, List<String> uncertain) {

    Baseline {
        uncertain = List.copyOf(uncertain);
    }

    Baseline withUncertain(List<String> paths) {
        return new Baseline(key, id, build, time, manifest, paths);
    }
}
