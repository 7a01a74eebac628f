package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.io.Serializable;

/**
 * Description of an operation, for messages.
 *
 * @param service name of the service, such as "Buddy"
 * @param target such as "pipeline 2 of acme/website"
 */
public record OperationDescription(String service, OperationKind kind, String target) implements Serializable {

    /**
     * Of a purge.
     *
     * @param target such as "zone 7"
     */
    public static OperationDescription purge(String service, String target) {
        return new OperationDescription(service, OperationKind.PURGE, target);
    }

    /** All of it, such as "Buddy cache of pipeline 2 of acme/website"; starts a sentence. */
    public LocalizedText text() {
        return kind == OperationKind.RUN
                ? LocalizedText.of("operation.run", service, target)
                : LocalizedText.of("operation", service, kind.text(), target);
    }

    /** Its text in English. */
    @Override
    public String toString() {
        return text().toString();
    }
}
