package io.jenkins.plugins.cachepurge.report;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Makes texts fit for the build page, the REST API and the report's file.
 *
 * @param redactor masks the secrets that the console masks
 */
record ReportTextFilter(UnaryOperator<String> redactor) implements UnaryOperator<String> {

    private static final Pattern LONE_SURROGATES = Pattern.compile("\\p{Cs}");

    /** For texts that are clean already. */
    static final ReportTextFilter NONE = new ReportTextFilter(UnaryOperator.identity());

    /** The text without secrets. Half a character cannot be written in any encoding. */
    @Override
    public String apply(String text) {
        return LONE_SURROGATES.matcher(redactor.apply(text)).replaceAll("\uFFFD");
    }

    boolean isClean(String text) {
        return redactor.apply(text).equals(text);
    }
}
