package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.util.stream.Stream;

/** Statuses of a purge for people: the plugin's own can be translated, those of a service stay as they are. */
final class PurgeStatusText {

    private PurgeStatusText() {}

    /** @param status one, or several with a comma between them */
    static LocalizedText of(String status) {
        return LocalizedText.list(Stream.of(status.split(", ")).map(PurgeStatusText::single));
    }

    private static LocalizedText single(String status) {
        return switch (status) {
            case PurgeResult.ACCEPTED -> LocalizedText.of("status.accepted");
            case PurgeResult.DRY_RUN -> LocalizedText.of("status.dryRun");
            case PurgeResult.UNCHANGED -> LocalizedText.of("status.unchanged");
            case "purged" -> LocalizedText.of("status.purged");
            case "not cached" -> LocalizedText.of("status.notCached");
            case "purged if cached" -> LocalizedText.of("status.purgedIfCached");
            case "marked as stale" -> LocalizedText.of("status.stale");
            default -> LocalizedText.inOneLanguage(status);
        };
    }
}
