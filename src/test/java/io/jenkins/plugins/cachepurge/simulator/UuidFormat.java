package io.jenkins.plugins.cachepurge.simulator;

import java.util.regex.Pattern;

/** The usual text form of UUIDs, which {@link java.util.UUID#fromString} does not insist on. */
final class UuidFormat {

    private static final Pattern FORM =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    private UuidFormat() {}

    static boolean isUuid(String text) {
        return FORM.matcher(text).matches();
    }
}
