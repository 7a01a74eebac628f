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
     * @throws InvalidInputException for a path or URL with a star, and for a prefix that is not a path
     */
    public static void check(PurgeSelection selection) {
        for (String value : selection.values()) {
            switch (selection.type()) {
                case PATHS, URLS -> checkNoStar(selection.type(), value);
                case PREFIXES -> checkPathPrefix(value);
                default -> {
                    // Tags and hosts have no paths.
                }
            }
        }
    }

    private static void checkNoStar(SelectionType type, String value) {
        if (value.contains(STAR)) {
            throw new InvalidInputException(type.parameter(), LocalizedText.of("star", PrintableText.quote(value)));
        }
    }

    private static void checkPathPrefix(String prefix) {
        if (!prefix.startsWith("/") || prefix.startsWith("//") || prefix.contains("?")) {
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
