package io.jenkins.plugins.cachepurge.changes;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.cachepurge.config.OperationRuntime;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.manifest.FileChanges;
import io.jenkins.plugins.cachepurge.manifest.InvalidManifestException;
import io.jenkins.plugins.cachepurge.manifest.Manifest;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Finds out what a purge of changes has to purge: reads the directory, waits for other purges of the same, and compares.
 * Holds no thread while it waits for the agent or for another build.
 *
 * @param <T> type of what is made of it
 */
public final class ChangesPreparation<T> {

    private final ChangesConsumer use;
    private final Run<?, ?> run;
    private final PlanFile file;
    private final BaselineStore store;
    private final PreparationConsole console;
    private final Executor executor;
    private final Function<PreparedChanges, T> whenReady;
    private final CompletableFuture<T> prepared = new CompletableFuture<>();
    private PurgeQueue.Place place;
    private boolean ended;

    private ChangesPreparation(
            ChangesConsumer use,
            Run<?, ?> run,
            PlanFile file,
            PreparationConsole console,
            Function<PreparedChanges, T> whenReady) {
        this.use = use;
        this.run = run;
        this.file = file;
        this.store = new BaselineStore(run.getParent());
        this.console = console;
        this.whenReady = whenReady;
        this.executor = OperationRuntime.get().executor(run);
    }

    /**
     * Begins to prepare a purge. May block for a short time.
     *
     * @param id of the operation, unique in the build
     * @param resumed whether it may have been prepared before a restart
     * @param whenReady makes the result of what was prepared
     * @return completed on a thread that may block; if it is cancelled, nothing goes on
     */
    public static <T> CompletableFuture<T> begin(
            ChangesConsumer use,
            Run<?, ?> run,
            String id,
            boolean resumed,
            WorkspaceSource workspace,
            PreparationConsole console,
            Function<PreparedChanges, T> whenReady) {
        ChangesPreparation<T> preparation =
                new ChangesPreparation<>(use, run, new PlanFile(run, id), console, whenReady);
        preparation.prepared.whenComplete((changes, problem) -> {
            if (changes == null) {
                preparation.leaveQueue();
            }
        });
        preparation.guarded(() -> preparation.begin(resumed, workspace));
        return preparation.prepared;
    }

    private interface GuardedAction {
        void run() throws IOException, InterruptedException;
    }

    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    private void guarded(GuardedAction action) {
        try {
            action.run();
        } catch (Throwable e) {
            prepared.completeExceptionally(e);
        }
    }

    private void later(GuardedAction action) {
        executor.execute(() -> guarded(action));
    }

    private void begin(boolean resumed, WorkspaceSource workspace) throws IOException, InterruptedException {
        Optional<ChangesPlan> saved = resumed ? file.load() : Optional.empty();
        if (saved.isPresent()) {
            joinQueue(() -> complete(saved.get()));
        } else {
            read(workspace);
        }
    }

    private void read(WorkspaceSource workspace) throws IOException, InterruptedException {
        FilePath directory = workspace
                .directory()
                .orElseThrow(() -> new InvalidInputException("changes", LocalizedText.of("changes.noWorkspace")));
        CompletableFuture<DirectoryListing> reading = DirectoryReading.begin(
                directory, use.spec(), OperationRuntime.get().timer(), executor);
        prepared.whenComplete((changes, problem) -> reading.cancel(true));
        reading.whenComplete((listing, problem) -> {
            if (problem != null) {
                prepared.completeExceptionally(problem);
            } else {
                later(() -> received(listing));
            }
        });
    }

    private void received(DirectoryListing listing) throws AbortException {
        Manifest manifest;
        try {
            manifest = listing.manifest();
        } catch (InvalidManifestException e) {
            throw DirectoryReading.problem(e);
        }
        if (manifest.isEmpty()) {
            String directory = use.spec().directory();
            throw new InvalidInputException(
                    "dir",
                    use.spec().includesAll()
                            ? LocalizedText.of("changes.empty", directory)
                            : LocalizedText.of("changes.noneIncluded", directory));
        }
        if (listing.linksOutside() > 0) {
            console.println("Symbolic links out of the directory were not followed: %s, such as %s"
                    .formatted(
                            ChangesPurge.counted(listing.linksOutside(), "link", "links"), listing.firstLinkOutside()));
        }
        joinQueue(() -> compare(manifest));
    }

    private void joinQueue(GuardedAction turn) {
        PurgeQueue.Place joined = PurgeQueue.get()
                .join(
                        run.getParent().getFullName() + '\n' + use.key().fileName(),
                        run.getDisplayName(),
                        () -> later(turn));
        boolean leaves;
        synchronized (this) {
            place = joined;
            leaves = ended;
        }
        if (leaves) {
            joined.leave();
        } else {
            joined.waitsFor().ifPresent(console::waitsFor);
        }
    }

    private void leaveQueue() {
        PurgeQueue.Place joined;
        synchronized (this) {
            ended = true;
            joined = place;
        }
        if (joined != null) {
            joined.leave();
        }
    }

    private void compare(Manifest manifest) throws IOException {
        console.waitsNoMore();
        Optional<Baseline> baseline;
        boolean damaged = false;
        try {
            baseline = store.load(use.key());
        } catch (InvalidManifestException e) {
            console.println(
                    "What was purged last cannot be read (%s), so everything is purged".formatted(e.getMessage()));
            baseline = Optional.empty();
            damaged = true;
        }
        ChangesPlan plan = baseline.isPresent() ? compared(baseline.get(), manifest) : first(manifest, damaged);
        String text = use.describe(plan);
        file.save(plan, manifest);
        if (baseline.isPresent()
                && use.remembering() != ChangesConsumer.Remembering.NEVER
                && !plan.changes().isEmpty()) {
            store.save(baseline.get().withUncertain(plan.changes().paths()));
        }
        console.println(line(plan, text));
        complete(plan);
    }

    /** @throws InvalidInputException if more than half of the files are gone, and may not be */
    private ChangesPlan compared(Baseline baseline, Manifest manifest) {
        FileChanges changes = FileChanges.between(baseline.manifest(), manifest, baseline.uncertain());
        int before = baseline.manifest().count();
        int gone = before - (manifest.count() - changes.added().size());
        if (gone > before / 2 && !use.spec().allowMassDelete()) {
            throw new InvalidInputException(
                    "dir", LocalizedText.of("changes.massDelete", gone, before, baseline.build()));
        }
        return new ChangesPlan(
                use.key(), use.remembering(), baseline.id(), baseline.build(), ChangesPlan.Scope.CHANGES, changes);
    }

    private ChangesPlan first(Manifest manifest, boolean damaged) {
        FirstPurge first = damaged ? FirstPurge.ALL : use.spec().first();
        if (first == FirstPurge.FAIL) {
            throw new InvalidInputException("first", LocalizedText.of("changes.firstFail"));
        }
        ChangesPlan.Scope scope = first == FirstPurge.ALL ? ChangesPlan.Scope.EVERYTHING : ChangesPlan.Scope.NOTHING;
        return new ChangesPlan(use.key(), use.remembering(), "", 0, scope, FileChanges.allOf(manifest));
    }

    private static String line(ChangesPlan plan, String text) {
        FileChanges changes = plan.changes();
        String files = ChangesPurge.counted(changes.files(), "file", "files");
        return switch (plan.scope()) {
            case EVERYTHING -> "%s, with nothing to compare them with yet: %s".formatted(files, text);
            case NOTHING ->
                "%s, with nothing to compare them with yet: nothing, since first is 'nothing'".formatted(files);
            case CHANGES ->
                changes.isEmpty()
                        ? "%s: none changed since build %d; nothing to purge".formatted(files, plan.since())
                        : "%s: %s since build %d; %s".formatted(files, numbers(changes), plan.since(), text);
        };
    }

    private static String numbers(FileChanges changes) {
        return "%,d changed, %,d new, %,d removed"
                .formatted(
                        changes.changed().size(),
                        changes.added().size(),
                        changes.removed().size());
    }

    private void complete(ChangesPlan plan) {
        prepared.complete(whenReady.apply(new PreparedChanges(run, file, plan, this::leaveQueue)));
    }
}
