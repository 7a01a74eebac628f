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
     * Checks whether the service understands what was selected.
     *
     * @throws InvalidInputException for a prefix that is not the start of a path
     */
    public static void check(PurgeSelection what) {
        if (what.type() == SelectionType.PREFIXES) {
            what.values().forEach(WildcardPaths::checkPathPrefix);
        }
    }

    private static void checkPathPrefix(String prefix) {
        if (!prefix.startsWith("/") || prefix.contains("?")) {
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
