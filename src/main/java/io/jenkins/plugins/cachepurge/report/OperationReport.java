package io.jenkins.plugins.cachepurge.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.cachepurge.engine.ProgressListener;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jvnet.localizer.Localizable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One operation of a build, as far as it has got. Safe for several threads. */
@ExportedBean
public final class OperationReport {

    /** How an operation stands. */
    public enum Status {
        RUNNING("symbol-status-nobuilt-anime", Messages._OperationReport_running()),
        DONE("symbol-status-blue", Messages._OperationReport_done()),
        FAILED("symbol-status-red", Messages._OperationReport_failed()),
        ABORTED("symbol-status-aborted", Messages._OperationReport_aborted()),
        /** It was running when Jenkins stopped, and nothing went on with it. */
        INTERRUPTED("symbol-status-nobuilt", Messages._OperationReport_lost());

        private final String icon;
        private final Localizable displayName;

        Status(String icon, Localizable displayName) {
            this.icon = icon;
            this.displayName = displayName;
        }

        public String getIcon() {
            return icon;
        }

        public String getDisplayName() {
            return displayName.toString();
        }
    }

    private final String id;
    private final String service;
    private final String kind;
    private final String target;
    private final long startedAt;
    private volatile long endedAt;
    private volatile int requests;
    private volatile Status state = Status.RUNNING;
    private volatile String message = "";
    private volatile String link;
    private final transient Consumer<OperationReport> onEnd;

    OperationReport(String id, OperationDescription subject, Instant startedAt, Consumer<OperationReport> whenOver) {
        this.onEnd = whenOver;
        this.id = id;
        this.service = subject.service();
        this.kind = subject.kind();
        this.target = subject.target();
        this.startedAt = startedAt.toEpochMilli();
    }

    /** As saved. Nothing goes on with it: an operation that does begins again, under the same id. */
    OperationReport(ReportFile.Entry line, OperationDescription subject) {
        this(line.id(), subject, Instant.ofEpochMilli(line.startedAt()), over -> {});
        endedAt = line.endedAt();
        requests = line.requests();
        state = line.state();
        message = line.message();
        link = line.link();
    }

    ReportFile.Entry line(@CheckForNull OperationDescription before) {
        OperationDescription mine = subject();
        return new ReportFile.Entry(
                id, mine.equals(before) ? null : mine, startedAt, endedAt, requests, state, message, link);
    }

    String id() {
        return id;
    }

    OperationDescription subject() {
        return new OperationDescription(service, kind, target);
    }

    /** Tells the console and this report. */
    public ProgressListener progressListener(PrintStream console) {
        return new ProgressListener() {
            @Override
            public void say(String line) {
                message = line;
                console.println(line);
            }

            @Override
            public void sent(int count) {
                requests = count;
            }
        };
    }

    /** It ended as wished. */
    public void succeeded(OperationResult result) {
        message = result.summary();
        link = result.link().filter(OperationReport::isWebLink).orElse(null);
        end(Status.DONE);
    }

    /** It ended otherwise; the problem is one line for people. */
    public void failed(String problem) {
        message = problem;
        end(Status.FAILED);
    }

    /** The build was aborted before the operation was over. */
    public void aborted() {
        end(Status.ABORTED);
    }

    void markInterrupted() {
        if (state == Status.RUNNING) {
            state = Status.INTERRUPTED;
        }
    }

    private void end(Status how) {
        endedAt = System.currentTimeMillis();
        state = how;
        onEnd.accept(this);
    }

    /** The address comes from a service: nothing but a web page may be behind it. */
    private static boolean isWebLink(String address) {
        try {
            URI uri = new URI(address);
            return uri.getHost() != null
                    && Set.of("http", "https")
                            .contains(Optional.ofNullable(uri.getScheme()).orElse(""));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Whom it was asked of, as "Buddy". */
    @Exported
    public String getService() {
        return service;
    }

    /** As "cache". */
    @Exported
    public String getKind() {
        return kind;
    }

    /** As "pipeline 2 of acme/website". */
    @Exported
    public String getTarget() {
        return target;
    }

    @Exported
    public Status getState() {
        return state;
    }

    /** What was said of it last: how it stands, what came of it, or what went wrong. */
    @Exported
    public String getMessage() {
        return message;
    }

    /** How many requests were sent, lost ones and repeats included, but not those that were made for several operations. */
    @Exported
    public int getRequests() {
        return requests;
    }

    /** In milliseconds since 1970. */
    @Exported
    public long getStartedAt() {
        return startedAt;
    }

    /** How long it took, or has taken so far, in milliseconds; 0 where that is not known. */
    @Exported
    public long getDuration() {
        return switch (state) {
            case RUNNING -> Math.max(0, System.currentTimeMillis() - startedAt);
            case INTERRUPTED -> 0;
            default -> endedAt - startedAt;
        };
    }

    /** The service's own page about it, or null. */
    @CheckForNull
    @Exported
    public String getLink() {
        return link;
    }

    public boolean isRunning() {
        return state == Status.RUNNING;
    }

    /** For people, as "12 s". */
    public String getDurationText() {
        return state == Status.INTERRUPTED ? "" : Util.getTimeSpanString(getDuration());
    }

    public Date getStart() {
        return new Date(startedAt);
    }
}
