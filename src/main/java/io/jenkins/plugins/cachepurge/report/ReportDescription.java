package io.jenkins.plugins.cachepurge.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.OperationKind;
import java.util.function.UnaryOperator;
import org.jvnet.localizer.LocaleProvider;

/** Description of an operation as it is saved and shown: in the language of its reader, and without secrets. Immutable. */
public record ReportDescription(
        @JsonProperty("service") ReportMessage service,
        @JsonProperty("kind") OperationKind kind,
        @JsonProperty("target") ReportMessage target) {

    /** @param cleaner masks the secrets that the console masks */
    static ReportDescription of(OperationDescription operation, UnaryOperator<String> cleaner) {
        return new ReportDescription(
                ReportMessage.of(operation.service(), cleaner),
                operation.kind(),
                ReportMessage.of(operation.target(), cleaner));
    }

    /** Service and kind, such as "Buddy cache". */
    @JsonIgnore
    public String getTitle() {
        return kind.title(LocalizedText.inOneLanguage(service.getShown())).in(LocaleProvider.getLocale());
    }

    /** Name of the service, such as "Buddy". */
    @JsonIgnore
    public String getShownService() {
        return service.getShown();
    }

    /** Such as "pipeline 2 of acme/website". */
    @JsonIgnore
    public String getShownTarget() {
        return target.getShown();
    }

    boolean isComplete() {
        return service != null && kind != null && target != null;
    }

    /** All of it in English, such as "Buddy cache of pipeline 2 of acme/website". */
    @Override
    public String toString() {
        return new OperationDescription(service.english(), kind, target.english()).toString();
    }
}
