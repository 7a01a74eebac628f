package io.jenkins.plugins.cachepurge.changes;

import hudson.model.Run;
import io.jenkins.plugins.cachepurge.manifest.FileChanges;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.Stapler;

/** Page with the changed files of one purge, a part of them at a time. */
public final class ChangeListPage {

    private static final int PAGE_SIZE = 200;

    private final Run<?, ?> run;
    private final ChangesPlan plan;

    ChangeListPage(Run<?, ?> run, ChangesPlan plan) {
        this.run = run;
        this.plan = plan;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    public String getDisplayName() {
        return Messages.ChangeListPage_displayName();
    }

    /** Numbers of files, such as "4 changed, 1 new, 2 removed, 305 unchanged". */
    public String getSummary() {
        FileChanges changes = plan.changes();
        return Messages.ChangeListPage_summary(
                changes.changed().size(),
                changes.added().size(),
                changes.removed().size(),
                changes.unchanged());
    }

    /** Number of the build whose purge it is compared with; 0 if there was none. */
    public int getSince() {
        return plan.since();
    }

    /** File in the list. */
    public static final class Row {

        private final String path;
        private final String change;

        Row(String path, String change) {
            this.path = path;
            this.change = change;
        }

        public String getPath() {
            return path;
        }

        public String getChange() {
            return change;
        }
    }

    /** The part that the request asks for, 1 for the first. */
    public int getPage() {
        String asked = Stapler.getCurrentRequest2().getParameter("page");
        try {
            return asked == null ? 1 : Math.max(1, Math.min(getPages(), Integer.parseInt(asked)));
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    /** Number of parts, 1 or more. */
    public int getPages() {
        FileChanges changes = plan.changes();
        int files = changes.changed().size()
                + changes.added().size()
                + changes.removed().size();
        return Math.max(1, (files + PAGE_SIZE - 1) / PAGE_SIZE);
    }

    /** The files of the part. */
    public List<Row> getRows() {
        FileChanges changes = plan.changes();
        List<Row> rows = new ArrayList<>();
        int first = (getPage() - 1) * PAGE_SIZE;
        int passed = add(rows, changes.changed(), Messages.ChangeListPage_changed(), first, 0);
        passed = add(rows, changes.added(), Messages.ChangeListPage_added(), first, passed);
        add(rows, changes.removed(), Messages.ChangeListPage_removed(), first, passed);
        return rows;
    }

    /** @return how many files there are up to the end of the list */
    private static int add(List<Row> rows, List<String> paths, String change, int first, int passed) {
        int from = Math.max(0, Math.min(paths.size(), first - passed));
        int to = Math.max(from, Math.min(paths.size(), first + PAGE_SIZE - passed));
        paths.subList(from, to).forEach(path -> rows.add(new Row(path, change)));
        return passed + paths.size();
    }
}
