package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.io.Serializable;

/**
 * Description of an operation, for messages.
 *
 * @param service name of the service, such as "Buddy"
 * @param kind such as "cache" or "purge"
 * @param target such as "pipeline 2 of acme/website"
 */
public record OperationDescription(String service, String kind, String target) implements Serializable {

    /** All of it, such as "Buddy cache of pipeline 2 of acme/website"; starts a sentence. */
    public LocalizedText text() {
        return LocalizedText.of("operation", service, kindText(), target);
    }

    /** Its kind, such as "purge". */
    public LocalizedText kindText() {
        return switch (kind) {
            case "purge" -> LocalizedText.of("kind.purge");
            case "purge history" -> LocalizedText.of("kind.history");
            case "status" -> LocalizedText.of("kind.status");
            case "cache" -> LocalizedText.of("kind.cache");
            case "storage" -> LocalizedText.of("kind.storage");
            case "verification" -> LocalizedText.of("kind.verification");
            case "list of changes" -> LocalizedText.of("kind.changes");
            default -> LocalizedText.inOneLanguage(kind);
        };
    }

    /** Its text in English. */
    @Override
    public String toString() {
        return text().toString();
    }
}
