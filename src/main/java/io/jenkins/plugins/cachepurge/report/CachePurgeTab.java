package io.jenkins.plugins.cachepurge.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import java.util.Collection;
import java.util.List;
import jenkins.model.Tab;
import jenkins.model.TransientActionFactory;
import jenkins.model.experimentalflags.UserExperimentalFlag;

/** Tab of the new build page with the operations of the build; its page is that of {@link CachePurgeAction}. */
public final class CachePurgeTab extends Tab {

    private static final String NEW_BUILD_PAGE = "jenkins.model.experimentalflags.NewBuildPageUserExperimentalFlag";

    private final CachePurgeAction action;

    CachePurgeTab(CachePurgeAction action) {
        super(action.getRun());
        this.action = action;
    }

    public CachePurgeAction getAction() {
        return action;
    }

    @Override
    public String getIconFileName() {
        return "symbol-refresh";
    }

    @Override
    public String getDisplayName() {
        return action.getDisplayName();
    }

    @Override
    public String getUrlName() {
        return action.getUrlName();
    }

    /** Whether the current user has chosen the new build page. */
    static boolean isShown() {
        return Boolean.TRUE.equals(UserExperimentalFlag.<Boolean>getFlagValueForCurrentUser(NEW_BUILD_PAGE));
    }

    /** Adds the tab to builds with operations. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Run> {

        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @Override
        public Class<CachePurgeTab> actionType() {
            return CachePurgeTab.class;
        }

        @NonNull
        @Override
        public Collection<? extends Tab> createFor(@NonNull Run run) {
            Run<?, ?> build = run;
            CachePurgeAction action = isShown() ? build.getAction(CachePurgeAction.class) : null;
            return action == null ? List.of() : List.of(new CachePurgeTab(action));
        }
    }
}
