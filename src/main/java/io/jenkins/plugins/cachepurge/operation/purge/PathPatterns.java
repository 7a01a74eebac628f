package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.operation.Advice;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.InvalidInputException;
import java.util.List;

/** For services that take paths, in which a star at the end means all that starts so. */
public final class PathPatterns {

    private static final String STAR = "*";

    private PathPatterns() {}

    /**
     * Whether what was chosen is what the service will understand.
     *
     * @throws InvalidInputException for a path or URL with a star, and for a prefix that is no path
     */
    public static void check(PurgeSelection what) {
        for (String value : what.values()) {
            switch (what.kind()) {
                case PATHS, URLS -> checkNoStar(what.kind(), value);
                case PREFIXES -> checkPathPrefix(value);
                default -> {
                    // Tags and hosts are no paths.
                }
            }
        }
    }

    private static void checkNoStar(PurgeKind kind, String value) {
        if (value.contains(STAR)) {
            throw new InvalidInputException(kind.parameter(), Advice.of("star", Input.shown(value)));
        }
    }

    private static void checkPathPrefix(String prefix) {
        if (!prefix.startsWith("/") || prefix.startsWith("//") || prefix.contains("?")) {
            throw new InvalidInputException("prefixes", Advice.of("prefix.path", Input.shown(prefix)));
        }
    }

    /** Values that were checked as the service wants them. */
    public static List<String> of(PurgeKind kind, List<String> values) {
        return kind == PurgeKind.PREFIXES
                ? values.stream().map(prefix -> prefix + STAR).toList()
                : values;
    }
}
