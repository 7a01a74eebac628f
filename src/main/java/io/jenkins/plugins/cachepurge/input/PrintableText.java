package io.jenkins.plugins.cachepurge.input;

import java.util.regex.Pattern;

/** Functions that make any text fit to be printed in one line of a log or page. */
public final class PrintableText {

    private static final int MAX_QUOTE_LENGTH = 80;

    /** Characters of {@link #isInvisible}. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]+");

    private PrintableText() {}

    /** The start of a text that was typed or received, with a question mark for each invisible character. */
    public static String quote(String text) {
        String visible = text.codePoints()
                .map(c -> isInvisible(c) ? '?' : c)
                .limit(MAX_QUOTE_LENGTH + 1L)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return cut(visible, MAX_QUOTE_LENGTH);
    }

    /** The text, or its start and an ellipsis if it has more characters. */
    public static String cut(String text, int maxLength) {
        return text.codePointCount(0, text.length()) <= maxLength
                ? text
                : text.substring(0, text.offsetByCodePoints(0, maxLength)) + "…";
    }

    /** The text with a space for each run of invisible characters. */
    public static String withoutInvisible(String text) {
        return isPlain(text) ? text : INVISIBLE.matcher(text).replaceAll(" ");
    }

    /** Fast path: nearly every text is, and the regular expression is much slower. */
    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    /** True for control and format characters, separators of lines and paragraphs, and halves of characters. */
    public static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
