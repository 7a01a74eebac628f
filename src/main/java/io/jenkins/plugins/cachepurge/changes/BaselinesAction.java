package io.jenkins.plugins.cachepurge.changes;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Job;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Page of a job with what was purged last, for those who may configure it: they can have everything purged again. */
public final class BaselinesAction implements Action {

    private final Job<?, ?> job;

    BaselinesAction(Job<?, ?> job) {
        this.job = job;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    /** What the page shows of a baseline. */
    public static final class Row {

        private final BaselineStore.Summary summary;

        Row(BaselineStore.Summary summary) {
            this.summary = summary;
        }

        public String getFile() {
            return summary.file();
        }

        public boolean isReadable() {
            return !summary.time().equals(Instant.EPOCH);
        }

        public String getName() {
            return summary.key().toString();
        }

        public int getBuild() {
            return summary.build();
        }

        public Date getTime() {
            return Date.from(summary.time());
        }

        public int getFiles() {
            return summary.files();
        }
    }

    /** The baselines of the job by their names. */
    public List<Row> getRows() throws IOException {
        job.checkPermission(Item.CONFIGURE);
        return new BaselineStore(job)
                .list().stream()
                        .map(Row::new)
                        .sorted(Comparator.comparing(Row::getName))
                        .toList();
    }

    /** Forgets a baseline, so that the next purge of changes is the first one. */
    @RequirePOST
    public HttpResponse doReset(@QueryParameter String file) throws IOException {
        job.checkPermission(Item.CONFIGURE);
        new BaselineStore(job).delete(Util.fixNull(file));
        return HttpResponses.redirectToDot();
    }

    @Override
    public String getIconFileName() {
        return job.hasPermission(Item.CONFIGURE) ? "symbol-trash" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.BaselinesAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "cache-purge";
    }

    /** Adds the page to jobs that have purged changes. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Job> {

        @Override
        public Class<Job> type() {
            return Job.class;
        }

        /** Looks for baselines on the disk only where this action can be meant. */
        @Override
        public Class<? extends Action> actionType() {
            return BaselinesAction.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Job job) {
            Job<?, ?> target = job;
            return new BaselineStore(target).isEmpty() ? List.of() : List.of(new BaselinesAction(target));
        }
    }
}
