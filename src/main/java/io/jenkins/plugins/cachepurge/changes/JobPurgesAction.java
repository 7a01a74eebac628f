package io.jenkins.plugins.cachepurge.changes;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.cachepurge.report.LastPurges;
import io.jenkins.plugins.cachepurge.report.ReportMessage;
import io.jenkins.plugins.cachepurge.report.ReportStatus;
import java.io.File;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Page of a job with the last purge of each of its targets. Who may configure the job also sees the baselines of changed
 * files, and can have everything purged again.
 */
public final class JobPurgesAction implements Action {

    private static final int MAX_ON_MAIN_PAGE = 5;

    private final Job<?, ?> job;

    JobPurgesAction(Job<?, ?> job) {
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
            return summary.key().text().in(LocaleProvider.getLocale());
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

    /** A purge in the form that the page shows. */
    public static final class PurgeRow {

        private final Job<?, ?> job;
        private final LastPurges.Purge purge;

        PurgeRow(Job<?, ?> job, LastPurges.Purge purge) {
            this.job = job;
            this.purge = purge;
        }

        public String getService() {
            return purge.description().getShownService();
        }

        public String getTarget() {
            return purge.description().getShownTarget();
        }

        public ReportStatus getState() {
            return purge.state();
        }

        public ReportMessage getText() {
            return purge.text();
        }

        public int getBuild() {
            return purge.build();
        }

        /** Whether the build is still there. Looks at its directory only. */
        public boolean isBuildKept() {
            return new File(job.getBuildDir(), Integer.toString(purge.build())).isDirectory();
        }

        public Date getTime() {
            return new Date(purge.startedAt());
        }

        /** How long ago it began, such as "2 hr 3 min". */
        public String getAgeText() {
            return Util.getTimeSpanString(Math.max(0, System.currentTimeMillis() - purge.startedAt()));
        }
    }

    /** The last purge of each target, the newest first. */
    public List<PurgeRow> getPurges() throws IOException {
        return new LastPurges(job)
                .list().stream().map(purge -> new PurgeRow(job, purge)).toList();
    }

    /** The first of them, for the job's main page. */
    public List<PurgeRow> getNewestPurges() throws IOException {
        return getPurges().stream().limit(MAX_ON_MAIN_PAGE).toList();
    }

    /** Whether the current user may see the baselines. */
    public boolean isConfigurable() {
        return job.hasPermission(Item.CONFIGURE);
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
        return "symbol-refresh";
    }

    @Override
    public String getDisplayName() {
        return Messages.JobPurgesAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "cache-purge";
    }

    /** Adds the page to jobs that have purged something. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Job> {

        @Override
        public Class<Job> type() {
            return Job.class;
        }

        /** Looks for files on the disk only where this action can be meant. */
        @Override
        public Class<? extends Action> actionType() {
            return JobPurgesAction.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Job job) {
            Job<?, ?> target = job;
            boolean unused = new BaselineStore(target).isEmpty() && new LastPurges(target).isEmpty();
            return unused ? List.of() : List.of(new JobPurgesAction(target));
        }
    }
}
