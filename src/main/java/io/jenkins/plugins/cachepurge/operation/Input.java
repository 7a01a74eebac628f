package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text that a person typed for a field, not yet trusted.
 *
 * @param field its name as in a Jenkinsfile
 * @param text what was typed, or null for nothing
 */
public record Input(String field, String text) {

    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern ID = Pattern.compile("0*[1-9][0-9]{0,17}");
    private static final int LONGEST_QUOTE = 80;

    /** A day longer than any service keeps a job, and far from overflowing a clock. */
    public static final int LONGEST_TIMEOUT_SECONDS = (int) Duration.ofDays(30).toSeconds();

    /** @throws InvalidInputException where nothing was typed, or something with control characters */
    public String required() {
        if (text == null || text.isBlank()) {
            throw new InvalidInputException(field, Advice.of("missing"));
        }
        if (text.codePoints().anyMatch(Input::invisible)) {
            throw wrong("controlCharacters");
        }
        return text.trim();
    }

    /** A name that becomes one segment of an URL's path. */
    public String name() {
        String name = required();
        if (name.contains("/") || name.equals(".") || name.equals("..")) {
            throw wrong("name");
        }
        return name;
    }

    /** A number of 1 or more. */
    public long id() {
        String digits = matching(ID, "id");
        return Long.parseLong(digits);
    }

    /** A UUID as 292e6e2c-5f2b-4a0e-9d47-2a1f3f7a9c11. */
    public String uuid() {
        String uuid = required();
        if (!UUID.matcher(uuid).matches()) {
            throw wrong("uuid");
        }
        return uuid;
    }

    /**
     * @param pattern what the whole text must match
     * @param advice the key of what to say where it does not
     */
    public String matching(Pattern pattern, String advice) {
        String required = required();
        if (!pattern.matcher(required).matches()) {
            throw wrong(advice);
        }
        return required;
    }

    /** A number from one to another, which are allowed themselves. */
    public int between(int least, int most) {
        try {
            return between(field, Integer.parseInt(required()), least, most);
        } catch (NumberFormatException e) {
            throw new InvalidInputException(field, Advice.of("number.text", least, most, shown(text)));
        }
    }

    /** @throws InvalidInputException for less than 1 s or more than {@link #LONGEST_TIMEOUT_SECONDS} */
    public static Duration timeout(int seconds) {
        return Duration.ofSeconds(between("timeout", seconds, 1, LONGEST_TIMEOUT_SECONDS));
    }

    /** @throws InvalidInputException where the number is outside of the two, which are allowed themselves */
    public static int between(String field, int number, int least, int most) {
        if (number < least || number > most) {
            throw new InvalidInputException(field, Advice.of("number", least, most, number));
        }
        return number;
    }

    /**
     * The base URL of an API.
     *
     * @throws InvalidInputException without a quote of a text that may hold a password
     */
    public ApiUrl apiUrl() {
        try {
            return ApiUrl.of(required());
        } catch (IllegalArgumentException e) {
            throw wrongUrl();
        }
    }

    private InvalidInputException wrongUrl() {
        if (text.contains("@")) {
            return wrong("apiUrl.userInfo");
        }
        return text.contains("?") || text.contains("#") ? wrong("apiUrl.query") : wrong("apiUrl");
    }

    private InvalidInputException wrong(String advice) {
        return new InvalidInputException(field, Advice.of(advice, shown(text)));
    }

    /** The values of a text that has one a line. */
    public static List<String> lines(String text) {
        return text.lines().map(String::trim).filter(line -> !line.isEmpty()).toList();
    }

    /** Fit to be quoted in one line, whatever was typed. */
    public static String shown(String text) {
        String visible = text.codePoints()
                .map(c -> invisible(c) ? '?' : c)
                .limit(LONGEST_QUOTE + 1L)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return visible.codePointCount(0, visible.length()) <= LONGEST_QUOTE
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
    }

    /** Line and paragraph separators, control and format characters. */
    public static boolean invisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
