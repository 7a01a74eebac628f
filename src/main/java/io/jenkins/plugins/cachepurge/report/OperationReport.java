package io.jenkins.plugins.cachepurge.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.cachepurge.engine.EndedExchange;
import io.jenkins.plugins.cachepurge.engine.PartStatus;
import io.jenkins.plugins.cachepurge.engine.ProgressListener;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Status of one operation of a build. Thread-safe. */
@ExportedBean
public final class OperationReport {

    private final String id;
    private final ReportDescription description;
    private final long startedAt;
    private final ReportTextFilter cleaner;
    private volatile long endedAt;
    private volatile int requests;
    private volatile int done;
    private volatile int total;
    private volatile ReportStatus state = ReportStatus.RUNNING;
    private volatile ReportMessage text = ReportMessage.NONE;
    private volatile String link;
    private volatile List<PartReport> parts = List.of();
    private volatile String details;
    private final RequestTimeline timeline;
    private final RequestTimeline.Snapshot savedTimeline;

    /** @param redactor masks the secrets that the console masks */
    OperationReport(String id, OperationDescription description, Instant startedAt, UnaryOperator<String> redactor) {
        this.id = id;
        cleaner = new ReportTextFilter(redactor);
        this.description = ReportDescription.of(description, cleaner);
        this.startedAt = startedAt.toEpochMilli();
        timeline = new RequestTimeline(startedAt);
        savedTimeline = null;
    }

    /** A saved report. An operation that continues gets a new report with the same id. */
    OperationReport(ReportFile.Entry entry) {
        id = entry.id();
        description = entry.description();
        startedAt = entry.startedAt();
        cleaner = ReportTextFilter.NONE;
        endedAt = entry.endedAt();
        requests = entry.requests();
        done = entry.done();
        total = entry.total();
        state = entry.state();
        text = entry.text();
        link = entry.link();
        parts = entry.parts() == null ? List.of() : List.copyOf(entry.parts());
        details = entry.details();
        timeline = new RequestTimeline(Instant.ofEpochMilli(startedAt));
        savedTimeline = entry.timeline();
    }

    ReportFile.Entry entry() {
        return new ReportFile.Entry(
                id,
                description.service(),
                description.kind(),
                description.target(),
                startedAt,
                endedAt,
                requests,
                done,
                total,
                state,
                text,
                link,
                parts.isEmpty() ? null : parts,
                details,
                timelineSnapshot().orElse(null));
    }

    private Optional<RequestTimeline.Snapshot> timelineSnapshot() {
        boolean shown = getDuration() >= RequestTimeline.WORTH_A_PICTURE.toMillis();
        return Optional.ofNullable(savedTimeline == null ? timeline.snapshot() : savedTimeline)
                .filter(snapshot -> shown && !snapshot.layers().isEmpty());
    }

    /** Picture of its requests over time, if it took so long that it is worth one; else null. */
    @CheckForNull
    public TimelineView getTimeline() {
        return timelineSnapshot()
                .map(snapshot -> new TimelineView(snapshot, Duration.ofMillis(getDuration())))
                .orElse(null);
    }

    String id() {
        return id;
    }

    /** The description, with masked secrets. */
    public ReportDescription getDescription() {
        return description;
    }

    /** @param address of a page of the build with more about it, relative to the build */
    public void setDetails(String address) {
        details = address;
    }

    /** Listener that prints messages on the console and stores the last one. */
    public ProgressListener progressListener(PrintStream console) {
        return new ReportListener(this, console);
    }

    /** A line tells how it goes; it does not replace that of the end. */
    void running(LocalizedText line) {
        if (!state.isEnd()) {
            text = message(line);
        }
    }

    void setRequests(int count) {
        requests = count;
    }

    void setProgress(int units, int of) {
        done = units;
        total = of;
    }

    void setParts(List<PartStatus> statuses) {
        parts = statuses.stream().map(each -> PartReport.of(each, cleaner)).toList();
    }

    void add(EndedExchange exchange) {
        timeline.add(masked(exchange.part()), exchange);
    }

    /** The operation succeeded. */
    public void succeeded(OperationResult result) {
        text = message(result.warning()
                .map(warning -> LocalizedText.of("text.warned", result.summary(), warning))
                .orElseGet(result::summary));
        done = total;
        link = result.link()
                .filter(WebLinkCheck::isSafe)
                .filter(cleaner::isClean)
                .orElse(null);
        end(result.warning().isPresent() ? ReportStatus.WARNING : ReportStatus.DONE);
    }

    /** The operation failed; the problem is one line for people. */
    public void failed(String problem) {
        text = message(LocalizedText.inOneLanguage(problem));
        end(ReportStatus.FAILED);
    }

    /** The build was aborted before the operation ended. */
    public void aborted() {
        end(ReportStatus.ABORTED);
    }

    void markInterrupted() {
        if (state == ReportStatus.RUNNING) {
            state = ReportStatus.INTERRUPTED;
        }
    }

    private void end(ReportStatus status) {
        endedAt = System.currentTimeMillis();
        parts = parts.stream().map(part -> part.endedWith(status)).toList();
        state = status;
    }

    private ReportMessage message(LocalizedText line) {
        return ReportMessage.of(line, cleaner);
    }

    /** A text without the secrets that the console masks. */
    public String masked(String text) {
        return cleaner.apply(text);
    }

    /** The name of the service, such as "Buddy". */
    @Exported
    public String getService() {
        return description.service().english();
    }

    /** Its kind, such as "cache". */
    @Exported
    public String getKind() {
        return description.kind().word();
    }

    /** Its target, such as "pipeline 2 of acme/website". */
    @Exported
    public String getTarget() {
        return description.target().english();
    }

    @Exported
    public ReportStatus getState() {
        return state;
    }

    /** The last message in English: its status, result or failure. */
    @Exported
    public String getMessage() {
        return text.english();
    }

    public ReportMessage getText() {
        return text;
    }

    /** Number of requests, lost and repeated ones included, without those that were sent for several operations. */
    @Exported
    public int getRequests() {
        return requests;
    }

    /** Number of units of a large operation that are done. */
    @Exported
    public int getDone() {
        return done;
    }

    /** Total number of units; 0 if unknown. */
    @Exported
    public int getTotal() {
        return total;
    }

    /** Whether a progress bar is useful. */
    public boolean isProgressShown() {
        return isRunning() && total > 1;
    }

    /** In milliseconds since 1970. */
    @Exported
    public long getStartedAt() {
        return startedAt;
    }

    /** Its duration so far in milliseconds; 0 if unknown. */
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

    /** Its parts, if it has few that run one after the other, such as the layers of a site. */
    @Exported
    public List<PartReport> getParts() {
        return parts;
    }

    /** Address of a page with more about it, relative to the build; null if there is none. */
    @CheckForNull
    public String getDetails() {
        return details;
    }

    public boolean isRunning() {
        return state == ReportStatus.RUNNING;
    }

    /** Text for users, such as "12 s". */
    public String getDurationText() {
        return state == ReportStatus.INTERRUPTED ? "" : Util.getTimeSpanString(getDuration());
    }

    /** How long ago it started, such as "2 min 3 sec". */
    public String getAgeText() {
        return Util.getTimeSpanString(Math.max(0, System.currentTimeMillis() - startedAt));
    }

    public Date getStart() {
        return new Date(startedAt);
    }
}
