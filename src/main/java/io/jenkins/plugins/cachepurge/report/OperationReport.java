package io.jenkins.plugins.cachepurge.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.cachepurge.operation.Narrator;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.Subject;
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
    public enum State {
        RUNNING("symbol-status-nobuilt-anime", Messages._OperationReport_running()),
        DONE("symbol-status-blue", Messages._OperationReport_done()),
        FAILED("symbol-status-red", Messages._OperationReport_failed()),
        ABORTED("symbol-status-aborted", Messages._OperationReport_aborted()),
        /** It was running when Jenkins stopped, and nothing went on with it. */
        LOST("symbol-status-nobuilt", Messages._OperationReport_lost());

        private final String icon;
        private final Localizable displayName;

        State(String icon, Localizable displayName) {
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
    private final String what;
    private final String target;
    private final long startedAt;
    private volatile long endedAt;
    private volatile int requests;
    private volatile State state = State.RUNNING;
    private volatile String message = "";
    private volatile String page;
    private final transient Consumer<OperationReport> whenOver;

    OperationReport(String id, Subject subject, Instant startedAt, Consumer<OperationReport> whenOver) {
        this.whenOver = whenOver;
        this.id = id;
        this.service = subject.service();
        this.what = subject.what();
        this.target = subject.target();
        this.startedAt = startedAt.toEpochMilli();
    }

    /** As saved. Nothing goes on with it: an operation that does begins again, under the same id. */
    OperationReport(ReportFile.Line line, Subject subject) {
        this(line.id(), subject, Instant.ofEpochMilli(line.startedAt()), over -> {});
        endedAt = line.endedAt();
        requests = line.requests();
        state = line.state();
        message = line.message();
        page = line.page();
    }

    ReportFile.Line line(@CheckForNull Subject before) {
        Subject mine = subject();
        return new ReportFile.Line(
                id, mine.equals(before) ? null : mine, startedAt, endedAt, requests, state, message, page);
    }

    String id() {
        return id;
    }

    Subject subject() {
        return new Subject(service, what, target);
    }

    /** Tells the console and this report. */
    public Narrator andConsole(PrintStream console) {
        return new Narrator() {
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
        page = result.page().filter(OperationReport::leadsToAPage).orElse(null);
        end(State.DONE);
    }

    /** It ended otherwise; the problem is one line for people. */
    public void failed(String problem) {
        message = problem;
        end(State.FAILED);
    }

    /** The build was aborted before the operation was over. */
    public void aborted() {
        end(State.ABORTED);
    }

    void lost() {
        if (state == State.RUNNING) {
            state = State.LOST;
        }
    }

    private void end(State how) {
        endedAt = System.currentTimeMillis();
        state = how;
        whenOver.accept(this);
    }

    /** The address comes from a service: nothing but a web page may be behind it. */
    private static boolean leadsToAPage(String address) {
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
    public String getWhat() {
        return what;
    }

    /** As "pipeline 2 of acme/website". */
    @Exported
    public String getTarget() {
        return target;
    }

    @Exported
    public State getState() {
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
            case LOST -> 0;
            default -> endedAt - startedAt;
        };
    }

    /** The service's own page about it, or null. */
    @CheckForNull
    @Exported
    public String getPage() {
        return page;
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }

    /** For people, as "12 s". */
    public String getDurationText() {
        return state == State.LOST ? "" : Util.getTimeSpanString(getDuration());
    }

    public Date getStart() {
        return new Date(startedAt);
    }
}
