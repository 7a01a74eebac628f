package io.jenkins.plugins.cachepurge.report;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The operations of a build, in the order in which they began: for its page and the REST API. */
@ExportedBean
public final class CachePurgeAction implements RunAction2 {

    private static final Logger LOGGER = Logger.getLogger(CachePurgeAction.class.getName());
    private static final Object CREATION = new Object();

    private static final int MAX_SHOWN = 200;

    /** Where the first version saved them; null where they are in a file of their own. */
    @SuppressFBWarnings(value = "UWF_UNWRITTEN_FIELD", justification = "read from the XML of such a build")
    private ArrayList<OperationReport> operations;

    /** By id; null until somebody asks. */
    private transient Map<String, OperationReport> reports;

    private transient ReportFile file;
    private transient volatile Run<?, ?> run;

    private CachePurgeAction(Run<?, ?> run) {
        this.run = run;
    }

    /**
     * Takes down that an operation begins, or goes on after a restart.
     *
     * @param id tells it from the build's other operations, and is the same after a restart
     */
    public static OperationReport begin(Run<?, ?> run, String id, OperationDescription subject, Instant startedAt) {
        return of(run).begin(id, subject, startedAt);
    }

    private static CachePurgeAction of(Run<?, ?> run) {
        CachePurgeAction created = new CachePurgeAction(run);
        synchronized (CREATION) {
            CachePurgeAction existing = run.getAction(CachePurgeAction.class);
            if (existing != null) {
                return existing;
            }
            run.addAction(created);
        }
        created.saveBuild();
        return created;
    }

    private void saveBuild() {
        try {
            run.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Cannot save " + run, e);
        }
    }

    private synchronized OperationReport begin(String id, OperationDescription subject, Instant startedAt) {
        OperationReport report = new OperationReport(id, subject, startedAt, this::save);
        reports().put(id, report);
        save(report);
        return report;
    }

    private synchronized Map<String, OperationReport> reports() {
        if (reports == null) {
            reports = load();
        }
        return reports;
    }

    private Map<String, OperationReport> load() {
        Map<String, OperationReport> loaded = new LinkedHashMap<>();
        if (operations != null) {
            operations.forEach(report -> loaded.put(report.id(), report));
        }
        try {
            if (file().exists()) {
                loaded.putAll(file().load());
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Cannot read the operations of " + run, e);
        }
        return loaded;
    }

    private ReportFile file() {
        if (file == null) {
            file = new ReportFile(run.getRootDir().toPath());
        }
        return file;
    }

    private synchronized void save(OperationReport report) {
        try {
            file().append(report);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Cannot save the operations of " + run, e);
        }
    }

    /** The build has ended: what was written of each operation before its end is not needed any more. */
    private synchronized void compact() {
        try {
            file().replace(reports().values());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Cannot save the operations of " + run, e);
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

    private synchronized List<OperationReport> all() {
        return List.copyOf(reports().values());
    }

    /** As many as a page can show. */
    public List<OperationReport> getRecent() {
        List<OperationReport> all = getOperations();
        return all.subList(Math.max(0, all.size() - MAX_SHOWN), all.size());
    }

    /** How many of the first are not shown. */
    public int getOmittedCount() {
        return Math.max(0, all().size() - MAX_SHOWN);
    }

    /** Whether what is shown will change. */
    public boolean isRunning() {
        return getOperations().stream().anyMatch(OperationReport::isRunning);
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

    /** Tidies up when a build has ended. */
    @Extension
    public static final class CompactOnCompletion extends RunListener<Run<?, ?>> {
        @Override
        public void onFinalized(Run<?, ?> ended) {
            CachePurgeAction action = ended.getAction(CachePurgeAction.class);
            if (action != null) {
                action.compact();
            }
        }
    }
}
