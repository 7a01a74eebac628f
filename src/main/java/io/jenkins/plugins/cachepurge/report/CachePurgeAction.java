package io.jenkins.plugins.cachepurge.report;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * Operations of a build in their order, for its page and the REST API. They are stored in memory and in a file; a file
 * that cannot be written or read neither ends an operation nor delays a page.
 */
@ExportedBean
public final class CachePurgeAction implements RunAction2 {

    private static final Logger LOGGER = Logger.getLogger(CachePurgeAction.class.getName());
    private static final Object CREATION = new Object();
    private static final int MAX_SHOWN = 200;
    private static final int MAX_LISTED = 5;

    /** Operations that this process has started or resumed, by id. Guarded by itself. */
    private transient Map<String, OperationReport> begun = new LinkedHashMap<>();

    /** Operations from the file, by id; null until it was read. */
    private transient Map<String, OperationReport> stored;

    /** Held while the file is written. */
    private transient Object writing = new Object();

    private transient boolean buildSaved;
    private transient volatile Run<?, ?> run;

    private CachePurgeAction(Run<?, ?> run) {
        this.run = run;
        stored = Map.of();
    }

    private Object readResolve() {
        begun = new LinkedHashMap<>();
        writing = new Object();
        buildSaved = true;
        return this;
    }

    /**
     * Records that an operation starts or resumes. Does no I/O; {@link #save} does.
     *
     * @param id unique in the build, and the same after a restart
     * @param redactor masks the secrets that the build's console masks
     */
    public static OperationReport begin(
            Run<?, ?> run,
            String id,
            OperationDescription description,
            Instant startedAt,
            UnaryOperator<String> redactor) {
        OperationReport report = new OperationReport(id, description, startedAt, redactor);
        CachePurgeAction action = of(run);
        synchronized (action.begun) {
            action.begun.put(id, report);
        }
        return report;
    }

    private static CachePurgeAction of(Run<?, ?> run) {
        synchronized (CREATION) {
            CachePurgeAction existing = run.getAction(CachePurgeAction.class);
            if (existing != null) {
                return existing;
            }
            CachePurgeAction created = new CachePurgeAction(run);
            run.addAction(created);
            return created;
        }
    }

    /** Saves the status of an operation. May block; failures are logged. */
    public static void save(Run<?, ?> run, OperationReport report) {
        of(run).save(report);
    }

    private void save(OperationReport report) {
        synchronized (writing) {
            write(() -> {
                if (!buildSaved) {
                    run.save();
                    buildSaved = true;
                }
                file().append(report);
            });
        }
    }

    /** Removes the lines that were written before the end of each operation, after the end of the build. */
    private void compact() {
        synchronized (writing) {
            write(() -> file().replace(all()));
        }
    }

    private interface FileAction {
        void run() throws IOException;
    }

    private void write(FileAction action) {
        try {
            action.run();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot save the operations of " + run);
        }
    }

    private ReportFile file() {
        return new ReportFile(() -> run.getRootDir().toPath());
    }

    private synchronized Map<String, OperationReport> stored() {
        if (stored == null) {
            stored = load();
        }
        return stored;
    }

    private Map<String, OperationReport> load() {
        try {
            return file().load();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot read the operations of " + run);
            return Map.of();
        }
    }

    public Run<?, ?> getRun() {
        return run;
    }

    @Exported
    public List<OperationReport> getOperations() {
        List<OperationReport> all = all();
        if (!run.isBuilding()) {
            all.forEach(OperationReport::markInterrupted);
        }
        return all;
    }

    private List<OperationReport> all() {
        Map<String, OperationReport> all = new LinkedHashMap<>(stored());
        synchronized (begun) {
            all.putAll(begun);
        }
        return List.copyOf(all.values());
    }

    /** Operations that a page shows; a limited number. */
    public List<OperationReport> getRecent() {
        List<OperationReport> all = getOperations();
        return all.subList(Math.max(0, all.size() - MAX_SHOWN), all.size());
    }

    /** Number of first operations that are not shown. */
    public int getOmittedCount() {
        return Math.max(0, all().size() - MAX_SHOWN);
    }

    /** Operations in a short list, the last ones. */
    public List<OperationReport> getLatest() {
        List<OperationReport> all = getOperations();
        return all.subList(Math.max(0, all.size() - MAX_LISTED), all.size());
    }

    /** Number of operations that are not in the short list. */
    public int getMoreCount() {
        return Math.max(0, all().size() - MAX_LISTED);
    }

    /** Whether an operation is running, so that the page will change soon. */
    public boolean isRunning() {
        return getOperations().stream().anyMatch(OperationReport::isRunning);
    }

    /** The tab of the new build page, for the page of this action. */
    public CachePurgeTab getTab() {
        return new CachePurgeTab(this);
    }

    /** Whether the build's page has a tab for this action. */
    public boolean hasTab() {
        return CachePurgeTab.isShown();
    }

    @Override
    public void onAttached(Run<?, ?> attachedTo) {
        run = attachedTo;
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        run = loaded;
    }

    /** No entry in the side panel: the build's page shows it all. */
    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return Messages.CachePurgeAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "cache-purge";
    }

    /** Shortens the file when a build has ended, and notes for the job's page what it has purged. */
    @Extension
    public static final class CompactOnCompletion extends RunListener<Run<?, ?>> {

        @Override
        public void onFinalized(Run<?, ?> ended) {
            CachePurgeAction action = ended.getAction(CachePurgeAction.class);
            if (action != null) {
                action.compact();
                action.write(() -> new LastPurges(ended.getParent()).add(ended.getNumber(), action.getOperations()));
            }
        }
    }
}
