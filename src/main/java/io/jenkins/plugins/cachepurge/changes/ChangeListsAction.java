package io.jenkins.plugins.cachepurge.changes;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Run;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import jenkins.model.TransientActionFactory;

/** The lists of changed files of a build, one for each purge. */
public final class ChangeListsAction implements Action {

    private static final String URL_NAME = "cache-purge-changes";

    private final Run<?, ?> run;

    ChangeListsAction(Run<?, ?> run) {
        this.run = run;
    }

    /** Each purge links to its own list, so that there is no link to all. */
    @CheckForNull
    @Override
    public String getIconFileName() {
        return null;
    }

    /** In the breadcrumbs of its pages. */
    @Override
    public String getDisplayName() {
        return Messages.ChangeListPage_displayName();
    }

    @Override
    public String getUrlName() {
        return URL_NAME;
    }

    /** Address of a list, relative to the build. */
    static String address(String id) {
        return URL_NAME + "/" + id + "/";
    }

    /** The list of a purge; null if there is none, which becomes a 404. */
    public ChangeListPage getDynamic(String id) throws IOException {
        if (!PlanFile.isId(id)) {
            return null;
        }
        Optional<ChangesPlan> plan = new PlanFile(run, id).load();
        return plan.map(saved -> new ChangeListPage(run, saved)).orElse(null);
    }

    /** Adds the lists to builds that purged something. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Run> {

        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return ChangeListsAction.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Run run) {
            Run<?, ?> target = run;
            return target.getAction(CachePurgeAction.class) == null
                    ? List.of()
                    : List.of(new ChangeListsAction(target));
        }
    }
}
