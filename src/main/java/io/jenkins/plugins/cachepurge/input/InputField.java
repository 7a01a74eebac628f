package io.jenkins.plugins.cachepurge.input;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text of a parameter or form field, not yet checked.
 *
 * @param field its name as in a Jenkinsfile
 * @param text may be null
 */
public record InputField(String field, String text) {

    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern DOTS = Pattern.compile("\\.{1,2}(;.*)?");
    private static final Pattern ID = Pattern.compile("0*[1-9][0-9]{0,17}");

    /** Maximum timeout: 30 days, far from an overflow of the clock. */
    public static final int MAX_TIMEOUT_SECONDS = (int) Duration.ofDays(30).toSeconds();

    /** @throws InvalidInputException if it is blank or contains control characters */
    public String required() {
        if (nonBlank().codePoints().anyMatch(PrintableText::isInvisible)) {
            throw invalid("controlCharacters");
        }
        return text.trim();
    }

    /**
     * An id of credentials. A text that is not one may be the secret itself, and is not quoted.
     *
     * @throws InvalidInputException if it is blank or contains control characters
     */
    public String asCredentialsId() {
        if (nonBlank().codePoints().anyMatch(PrintableText::isInvisible)) {
            throw new InvalidInputException(field, LocalizedText.of("credentialsId.controlCharacters"));
        }
        return text.trim();
    }

    private String nonBlank() {
        if (text == null || text.isBlank()) {
            throw new InvalidInputException(field, LocalizedText.of("missing"));
        }
        VariableText entered = new VariableText(text);
        if (entered.hasVariable()) {
            throw new InvalidInputException(field, LocalizedText.of("variable"));
        }
        if (entered.isNull()) {
            throw new InvalidInputException(field, LocalizedText.of("null"));
        }
        return text;
    }

    /** A text of any kind, which is not quoted. */
    public String notVariable() {
        if (new VariableText(text).isVariable()) {
            throw new InvalidInputException(field, LocalizedText.of("variable"));
        }
        return text;
    }

    /** A name that becomes one segment of a URL's path; some servers cut it at a semicolon. */
    public String asName() {
        String name = required();
        if (name.contains("/") || DOTS.matcher(name).matches()) {
            throw invalid("name");
        }
        return name;
    }

    /** A number of 1 or more. */
    public long asId() {
        String digits = matching(ID, "id");
        return Long.parseLong(digits);
    }

    /** A UUID such as 292e6e2c-5f2b-4a0e-9d47-2a1f3f7a9c11. */
    public String asUuid() {
        String uuid = required();
        if (!UUID.matcher(uuid).matches()) {
            throw invalid("uuid");
        }
        return uuid;
    }

    /**
     * @param pattern what the whole text must match
     * @param advice key of the message if it does not
     */
    public String matching(Pattern pattern, String advice) {
        String required = required();
        if (!pattern.matcher(required).matches()) {
            throw invalid(advice);
        }
        return required;
    }

    /** A number between two limits, inclusive. */
    public int inRange(int least, int most) {
        try {
            return inRange(field, Integer.parseInt(required()), least, most);
        } catch (NumberFormatException e) {
            throw new InvalidInputException(
                    field, LocalizedText.of("number.text", least, most, PrintableText.quote(text)));
        }
    }

    /** @throws InvalidInputException for less than 1 s or more than {@link #MAX_TIMEOUT_SECONDS} */
    public static Duration timeout(int seconds) {
        return Duration.ofSeconds(inRange("timeout", seconds, 1, MAX_TIMEOUT_SECONDS));
    }

    /** @throws InvalidInputException if the number is outside of the limits, which are inclusive */
    public static int inRange(String field, int number, int least, int most) {
        if (number < least || number > most) {
            throw new InvalidInputException(field, LocalizedText.of("number", least, most, number));
        }
        return number;
    }

    private InvalidInputException invalid(String advice) {
        return new InvalidInputException(field, LocalizedText.of(advice, PrintableText.quote(text)));
    }

    /** The values of a text that has one per line. A byte order mark, as of a file from Windows, is ignored. */
    public static List<String> nonBlankLines(String text) {
        String lines = text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        return lines.lines().map(String::trim).filter(line -> !line.isEmpty()).toList();
    }
}
