package io.jenkins.plugins.cachepurge.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.details.Detail;
import jenkins.model.details.DetailFactory;

/** How many operations of a build are done, in the line of details of the new build page. */
public final class CachePurgeBuildDetail extends Detail {

    private final CachePurgeAction action;

    CachePurgeBuildDetail(CachePurgeAction action) {
        super(action.getRun());
        this.action = action;
    }

    @Override
    public String getIconClassName() {
        return "symbol-refresh";
    }

    /** Such as "2 caches purged, 1 failed". */
    @Override
    public String getDisplayName() {
        List<OperationReport> operations = action.getOperations();
        long running = count(operations, ReportStatus.RUNNING);
        long succeeded = count(operations, ReportStatus.DONE) + count(operations, ReportStatus.WARNING);
        long failed = operations.size() - succeeded - running;
        return Stream.of(
                        done(operations),
                        running == 0 ? "" : Messages.CachePurgeBuildDetail_running(running),
                        failed == 0 ? "" : Messages.CachePurgeBuildDetail_failed(failed))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** A purge of a site has purged the cache of each layer. */
    private static String done(List<OperationReport> operations) {
        List<OperationReport> done = operations.stream()
                .filter(operation -> operation.getState().isSuccess())
                .toList();
        if (done.isEmpty()) {
            return "";
        }
        if (!done.stream()
                .allMatch(operation -> operation.getDescription().kind().isPurge())) {
            return done.size() == 1
                    ? Messages.CachePurgeBuildDetail_doneOne()
                    : Messages.CachePurgeBuildDetail_done(done.size());
        }
        int caches = done.stream()
                .mapToInt(operation -> Math.max(1, operation.getParts().size()))
                .sum();
        return caches == 1 ? Messages.CachePurgeBuildDetail_purgedOne() : Messages.CachePurgeBuildDetail_purged(caches);
    }

    private static long count(List<OperationReport> operations, ReportStatus state) {
        return operations.stream()
                .filter(operation -> operation.getState() == state)
                .count();
    }

    @Override
    public String getLink() {
        return action.getUrlName();
    }

    /** Adds the line to builds with operations. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends DetailFactory<Run> {

        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @NonNull
        @Override
        public List<? extends Detail> createFor(@NonNull Run run) {
            Run<?, ?> build = run;
            CachePurgeAction action = build.getAction(CachePurgeAction.class);
            return action == null ? List.of() : List.of(new CachePurgeBuildDetail(action));
        }
    }
}
