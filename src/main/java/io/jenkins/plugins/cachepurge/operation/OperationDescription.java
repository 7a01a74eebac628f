package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.io.Serializable;

/**
 * Description of an operation, for messages.
 *
 * @param service name of the service, such as "Buddy"
 * @param target such as "pipeline 2 of acme/website"
 */
public record OperationDescription(LocalizedText service, OperationKind kind, LocalizedText target)
        implements Serializable {

    /** Of a service whose name is the same in each language. */
    public OperationDescription(String service, OperationKind kind, LocalizedText target) {
        this(LocalizedText.inOneLanguage(service), kind, target);
    }

    /** Of a target that is named the same in each language. */
    public OperationDescription(String service, OperationKind kind, String target) {
        this(service, kind, LocalizedText.inOneLanguage(target));
    }

    /**
     * Of a purge.
     *
     * @param target such as "zone 7"
     */
    public static OperationDescription purge(String service, LocalizedText target) {
        return new OperationDescription(service, OperationKind.PURGE, target);
    }

    /**
     * Of a purge.
     *
     * @param target that is named the same in each language, such as "https://cache.example.org"
     */
    public static OperationDescription purge(String service, String target) {
        return purge(service, LocalizedText.inOneLanguage(target));
    }

    /** All of it, such as "Buddy cache of pipeline 2 of acme/website"; starts a sentence. */
    public LocalizedText text() {
        return switch (kind) {
            case RUN -> LocalizedText.of("operation.run", service, target);
            case SITE_PURGE -> LocalizedText.of("operation.site", kind.title(service), target);
            default -> LocalizedText.of("operation", kind.title(service), target);
        };
    }

    /** Its text in English. */
    @Override
    public String toString() {
        return text().toString();
    }
}
