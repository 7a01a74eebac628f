package io.jenkins.plugins.cachepurge.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.cachepurge.engine.PartStatus;
import java.util.function.UnaryOperator;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * Status of one part of an operation, such as a layer of a site. Immutable.
 *
 * @param name such as "varnish"
 * @param text its result or failure; empty before
 * @param done how many of its units are done
 * @param total how many units it has; 0 if unknown
 */
@ExportedBean
public record PartReport(
        @JsonProperty("name") String name,
        @JsonProperty("description") ReportDescription description,
        @JsonProperty("state") ReportStatus state,
        @JsonProperty("text") ReportMessage text,
        @JsonProperty("done") int done,
        @JsonProperty("total") int total) {

    /** @param cleaner masks the secrets that the console masks */
    static PartReport of(PartStatus part, UnaryOperator<String> cleaner) {
        return new PartReport(
                cleaner.apply(part.name()),
                ReportDescription.of(part.description(), cleaner),
                ReportStatus.valueOf(part.phase().name()),
                ReportMessage.of(part.message(), cleaner),
                part.done(),
                part.total());
    }

    /** The same part after the end of its operation, in which nothing is running any more. */
    PartReport endedWith(ReportStatus whole) {
        return state == ReportStatus.RUNNING ? new PartReport(name, description, whole, text, done, total) : this;
    }

    @Exported
    public String getName() {
        return name;
    }

    public ReportDescription getDescription() {
        return description;
    }

    /** The name of the service in English. */
    @Exported
    @JsonIgnore
    public String getService() {
        return description.service().english();
    }

    /** Its target in English, such as "zone 1". */
    @Exported
    @JsonIgnore
    public String getTarget() {
        return description.target().english();
    }

    @Exported
    public ReportStatus getState() {
        return state;
    }

    /** The text in English. */
    @Exported
    @JsonIgnore
    public String getMessage() {
        return text.english();
    }

    public ReportMessage getText() {
        return text;
    }

    @Exported
    public int getDone() {
        return done;
    }

    @Exported
    public int getTotal() {
        return total;
    }

    /** Whether a progress bar is useful. */
    @JsonIgnore
    public boolean isProgressShown() {
        return state == ReportStatus.RUNNING && total > 1;
    }
}
