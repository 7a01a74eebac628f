package io.jenkins.plugins.cachepurge.changes;

import hudson.model.Run;
import io.jenkins.plugins.cachepurge.manifest.FileChanges;
import io.jenkins.plugins.cachepurge.manifest.InvalidManifestException;
import io.jenkins.plugins.cachepurge.manifest.Manifest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes the files of a build the baseline of its job. */
record BaselineUpdate(Run<?, ?> run, PlanFile file) {

    static final String MISSING = "The list of the files that were purged is missing";

    /**
     * Does so, unless it was done before a crash, or somebody has reset the baseline meanwhile.
     *
     * @throws IOException if it cannot be saved; then the old baseline stays
     */
    void apply(ChangesPlan plan) throws IOException {
        BaselineStore store = new BaselineStore(run.getParent());
        Optional<Baseline> current;
        boolean damaged = false;
        try {
            current = store.load(plan.key());
        } catch (InvalidManifestException e) {
            current = Optional.empty();
            damaged = true;
        }
        boolean wasReset = current.isEmpty() && !damaged && !plan.comparedWith().isEmpty();
        boolean done =
                current.filter(baseline -> baseline.id().equals(file.id())).isPresent();
        if (wasReset || done) {
            return;
        }
        Manifest manifest = file.loadManifest().orElseThrow(() -> new IOException(MISSING));
        store.save(new Baseline(
                plan.key(), file.id(), run.getNumber(), Instant.now(), manifest, uncertain(plan, current, manifest)));
    }

    /**
     * Nothing, unless another build purged the same while this one was running: which of them was deployed last is not
     * known, so the next purge includes what they have different.
     */
    private List<String> uncertain(ChangesPlan plan, Optional<Baseline> current, Manifest manifest) {
        if (current.isEmpty()) {
            return List.of();
        }
        Baseline baseline = current.get();
        if (!baseline.id().equals(plan.comparedWith())) {
            return FileChanges.between(baseline.manifest(), manifest, baseline.uncertain())
                    .paths();
        }
        boolean overlapped =
                baseline.build() != run.getNumber() && baseline.time().toEpochMilli() > run.getStartTimeInMillis();
        return overlapped ? plan.changes().paths() : List.of();
    }
}
