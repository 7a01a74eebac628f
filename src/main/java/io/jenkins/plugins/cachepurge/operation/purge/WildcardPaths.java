package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.List;

/** For services that take paths, in which a star at the end means all that starts so. */
public final class WildcardPaths {

    private static final String STAR = "*";

    private WildcardPaths() {}

    /**
     * Whether what was chosen is what the service will understand.
     *
     * @throws InvalidInputException for a path or URL with a star, and for a prefix that is no path
     */
    public static void check(PurgeSelection what) {
        for (String value : what.values()) {
            switch (what.type()) {
                case PATHS, URLS -> checkNoStar(what.type(), value);
                case PREFIXES -> checkPathPrefix(value);
                default -> {
                    // Tags and hosts are no paths.
                }
            }
        }
    }

    private static void checkNoStar(SelectionType kind, String value) {
        if (value.contains(STAR)) {
            throw new InvalidInputException(kind.parameter(), LocalizedText.of("star", PrintableText.quote(value)));
        }
    }

    private static void checkPathPrefix(String prefix) {
        if (!prefix.startsWith("/") || prefix.startsWith("//") || prefix.contains("?")) {
            throw new InvalidInputException("prefixes", LocalizedText.of("prefix.path", PrintableText.quote(prefix)));
        }
    }

    /** Values that were checked as the service wants them. */
    public static List<String> of(SelectionType kind, List<String> values) {
        return kind == SelectionType.PREFIXES
                ? values.stream().map(prefix -> prefix + STAR).toList()
                : values;
    }
}
