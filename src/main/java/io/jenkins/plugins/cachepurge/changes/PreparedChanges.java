package io.jenkins.plugins.cachepurge.changes;

import hudson.model.Run;
import io.jenkins.plugins.cachepurge.manifest.FileChanges;
import io.jenkins.plugins.cachepurge.manifest.InvalidManifestException;
import io.jenkins.plugins.cachepurge.manifest.Manifest;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Purge of changes that is ready to run, and what follows from its end. */
public final class PreparedChanges {

    private final ChangesPurge purge;
    private final Run<?, ?> run;
    private final PlanFile file;
    private final BaselineStore store;
    private final ChangesPlan plan;
    private final ChangesPurge.Planned planned;
    private final Operation<?, PurgeResult> operation;
    private final Runnable leaveQueue;

    PreparedChanges(
            ChangesPurge purge,
            Run<?, ?> run,
            PlanFile file,
            BaselineStore store,
            ChangesPlan plan,
            ChangesPurge.Planned planned,
            Operation<?, PurgeResult> operation,
            Runnable leaveQueue) {
        this.purge = purge;
        this.run = run;
        this.file = file;
        this.store = store;
        this.plan = plan;
        this.planned = planned;
        this.operation = operation;
        this.leaveQueue = leaveQueue;
    }

    /** The purge itself. */
    public Operation<?, PurgeResult> operation() {
        return operation;
    }

    /**
     * Remembers what was purged, once all of it was. May block.
     *
     * @throws IOException if it cannot be saved; then the next build purges it again
     */
    public OperationResult succeeded(PurgeResult result) throws IOException {
        if (!purge.dryRun()) {
            remember();
        }
        int count = planned.selections().stream()
                .mapToInt(selection -> selection.count())
                .sum();
        return new ChangesResult(result, count, planned.text(), ChangesResult.FileCounts.of(plan.changes()));
    }

    private void remember() throws IOException {
        Optional<Baseline> current;
        boolean damaged = false;
        try {
            current = store.load(purge.key());
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
        Manifest manifest = file.loadManifest()
                .orElseThrow(() -> new IOException("The list of the files that were purged is missing"));
        store.save(new Baseline(
                purge.key(), file.id(), run.getNumber(), Instant.now(), manifest, uncertain(current, manifest)));
    }

    /**
     * Nothing, unless another build purged the same while this one was running: which of them was deployed last is not
     * known, so the next purge includes what they have different.
     */
    private List<String> uncertain(Optional<Baseline> current, Manifest manifest) {
        if (current.isEmpty()) {
            return List.of();
        }
        Baseline baseline = current.get();
        if (!baseline.id().equals(plan.comparedWith())) {
            return FileChanges.between(baseline.manifest(), manifest, baseline.uncertain())
                    .paths();
        }
        boolean overlapped = baseline.time().toEpochMilli() > run.getStartTimeInMillis();
        return overlapped ? plan.changes().paths() : List.of();
    }

    /** Address of the list of changed files, relative to the build. */
    public String listAddress() {
        return ChangeListsAction.address(file.id());
    }

    /** Lets other builds purge the same. Does not block. */
    public void ended() {
        leaveQueue.run();
    }
}
