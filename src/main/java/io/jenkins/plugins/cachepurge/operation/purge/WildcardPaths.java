package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.List;

/** Checks and conversion for services whose paths become prefixes by a star at the end. */
public final class WildcardPaths {

    private static final String STAR = "*";

    private WildcardPaths() {}

    /**
     * Checks that the service will purge exactly the selection.
     *
     * @throws InvalidInputException for a prefix that is not the start of a path
     */
    public static void check(PurgeSelection selection) {
        if (selection.type() == SelectionType.PREFIXES) {
            selection.values().forEach(WildcardPaths::checkPathPrefix);
        }
    }

    private static void checkPathPrefix(String prefix) {
        if (!prefix.startsWith("/") || prefix.contains("?")) {
            throw new InvalidInputException("prefixes", LocalizedText.of("prefix.path", PrintableText.quote(prefix)));
        }
    }

    /** Checked values in the format of the service. */
    public static List<String> of(SelectionType type, List<String> values) {
        return type == SelectionType.PREFIXES
                ? values.stream().map(prefix -> prefix + STAR).toList()
                : values;
    }
}
