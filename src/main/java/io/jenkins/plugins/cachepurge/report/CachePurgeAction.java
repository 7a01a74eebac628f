package io.jenkins.plugins.cachepurge.report;

import hudson.model.Run;
import io.jenkins.plugins.cachepurge.config.HttpTransport;
import io.jenkins.plugins.cachepurge.operation.Subject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;
import jenkins.util.Timer;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The operations of a build, in the order in which they began: for its page and the REST API. */
@ExportedBean
public final class CachePurgeAction implements RunAction2 {

    private static final Logger LOGGER = Logger.getLogger(CachePurgeAction.class.getName());
    private static final Object CREATION = new Object();

    /** Operations come in crowds; each of them saving the build would make that quadratic. */
    private static final int SAVE_AFTER_SECONDS = 2;

    private static final int MOST_SHOWN = 200;

    /** Replaced when an operation begins, since it may be read, shown and saved at any time. */
    private volatile ArrayList<OperationReport> operations = new ArrayList<>();

    private transient volatile Run<?, ?> run;
    private transient boolean savingSoon;

    private CachePurgeAction(Run<?, ?> run) {
        this.run = run;
    }

    /**
     * Takes down that an operation begins, or goes on after a restart.
     *
     * @param id tells it from the build's other operations, and is the same after a restart
     */
    public static OperationReport begin(Run<?, ?> run, String id, Subject subject, Instant startedAt) {
        return of(run).begin(id, subject, startedAt);
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

    private synchronized OperationReport begin(String id, Subject subject, Instant startedAt) {
        OperationReport report = new OperationReport(id, subject, startedAt, this::saveSoon);
        ArrayList<OperationReport> next = new ArrayList<>(operations);
        int before = next.stream().map(OperationReport::id).toList().indexOf(id);
        if (before < 0) {
            next.add(report);
        } else {
            next.set(before, report);
        }
        operations = next;
        saveSoon();
        return report;
    }

    private synchronized void saveSoon() {
        if (!savingSoon) {
            savingSoon = true;
            Timer.get()
                    .schedule(
                            () -> HttpTransport.get().worker().execute(this::save),
                            SAVE_AFTER_SECONDS,
                            TimeUnit.SECONDS);
        }
    }

    private void save() {
        synchronized (this) {
            savingSoon = false;
        }
        try {
            if (run.isBuilding()) {
                run.save();
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Cannot save the operations of " + run, e);
        }
    }

    public Run<?, ?> getRun() {
        return run;
    }

    @Exported
    public List<OperationReport> getOperations() {
        if (!run.isBuilding()) {
            operations.forEach(OperationReport::lost);
        }
        return Collections.unmodifiableList(operations);
    }

    /** As many as a page can show. */
    public List<OperationReport> getShown() {
        List<OperationReport> all = getOperations();
        return all.subList(Math.max(0, all.size() - MOST_SHOWN), all.size());
    }

    /** How many of the first are not shown. */
    public int getHidden() {
        return Math.max(0, operations.size() - MOST_SHOWN);
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
}
