package io.jenkins.plugins.cachepurge.client.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Strict parser of a header that is a list of items with parameters. A header with one mistake has no value at all, as the
 * standard requires. Inner lists, which no header that is read here has, are a mistake.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9651#section-4.2">RFC 9651, 4.2: parsing structured fields</a>
 */
public final class StructuredFieldParser {

    /** Longer than any header that means something. */
    private static final int MAX_LENGTH = 8192;

    private static final Pattern KEY = Pattern.compile("[a-z*][a-z0-9_.*-]*");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,15}(?![0-9.])");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,12}\\.[0-9]{1,3}(?![0-9.])");
    private static final Pattern DATE = Pattern.compile("@-?[0-9]{1,15}(?![0-9.])");
    private static final Pattern BOOLEAN = Pattern.compile("\\?[01]");
    private static final Pattern BYTES = Pattern.compile(":[A-Za-z0-9+/=]*:");
    private static final Pattern DISPLAY_STRING = Pattern.compile("%\"[ !#-~]*\"");
    private static final Pattern WRONG_PERCENT = Pattern.compile("%(?![0-9a-f]{2})");
    private static final Pattern SPACES = Pattern.compile(" *");
    private static final Pattern OPTIONAL_WHITE_SPACE = Pattern.compile("[ \\t]*");

    /** Type of a value. */
    public enum Type {
        TOKEN,
        STRING,
        INTEGER,
        BOOLEAN,
        /** A decimal, date, byte sequence or display string, in the notation of the header. */
        OTHER
    }

    /** @param text a string without its quotes; a boolean is {@code true} or {@code false} */
    public record Value(Type type, String text) {

        private static final Value TRUE = new Value(Type.BOOLEAN, "true");

        /** Whether it is the boolean "true". */
        public boolean isTrue() {
            return equals(TRUE);
        }
    }

    /** @param parameters by their keys; of equal keys the last counts */
    public record Item(Value value, Map<String, Value> parameters) {}

    private final String text;
    private int position;

    private StructuredFieldParser(String text) {
        this.text = text;
    }

    /**
     * Parses a list.
     *
     * @param text the values of all headers of the name, joined by commas
     * @return empty if there is a mistake in it
     */
    public static Optional<List<Item>> list(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StructuredFieldParser(text).list());
        } catch (MalformedFieldException e) {
            return Optional.empty();
        }
    }

    private static final class MalformedFieldException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private List<Item> list() throws MalformedFieldException {
        List<Item> items = new ArrayList<>();
        take(SPACES);
        while (position < text.length()) {
            items.add(new Item(value(), parameters()));
            take(OPTIONAL_WHITE_SPACE);
            if (position < text.length()) {
                separator();
            }
        }
        return List.copyOf(items);
    }

    /** A comma, which must be followed by another item; spaces at the end are no item. */
    private void separator() throws MalformedFieldException {
        if (text.charAt(position) != ',') {
            throw new MalformedFieldException();
        }
        position++;
        take(OPTIONAL_WHITE_SPACE);
        if (position == text.length()) {
            throw new MalformedFieldException();
        }
    }

    private Map<String, Value> parameters() throws MalformedFieldException {
        Map<String, Value> parameters = new LinkedHashMap<>();
        while (isNext(';')) {
            position++;
            take(SPACES);
            String key = take(KEY).orElseThrow(MalformedFieldException::new);
            parameters.put(key, isNext('=') ? assigned() : Value.TRUE);
        }
        return Map.copyOf(parameters);
    }

    private Value assigned() throws MalformedFieldException {
        position++;
        return value();
    }

    private Value value() throws MalformedFieldException {
        if (position == text.length()) {
            throw new MalformedFieldException();
        }
        return switch (text.charAt(position)) {
            case '"' -> new Value(Type.STRING, string());
            case '?' ->
                new Value(Type.BOOLEAN, Boolean.toString(required(BOOLEAN).equals("?1")));
            case '@' -> new Value(Type.OTHER, required(DATE));
            case ':' -> new Value(Type.OTHER, required(BYTES));
            case '%' -> new Value(Type.OTHER, displayString());
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> new Value(Type.TOKEN, required(TOKEN));
        };
    }

    private String string() throws MalformedFieldException {
        StringBuilder content = new StringBuilder();
        for (position++; position < text.length(); position++) {
            char character = text.charAt(position);
            if (character == '"') {
                position++;
                return content.toString();
            }
            if (character == '\\') {
                position++;
                character = escaped();
            } else if (character < ' ' || character > '~') {
                throw new MalformedFieldException();
            }
            content.append(character);
        }
        throw new MalformedFieldException();
    }

    private char escaped() throws MalformedFieldException {
        if (isNext('"') || isNext('\\')) {
            return text.charAt(position);
        }
        throw new MalformedFieldException();
    }

    private String displayString() throws MalformedFieldException {
        String encoded = required(DISPLAY_STRING);
        if (WRONG_PERCENT.matcher(encoded).find(1)) {
            throw new MalformedFieldException();
        }
        return encoded;
    }

    private Value number() throws MalformedFieldException {
        Optional<String> integer = take(INTEGER);
        return integer.isPresent() ? new Value(Type.INTEGER, integer.get()) : new Value(Type.OTHER, required(DECIMAL));
    }

    private String required(Pattern pattern) throws MalformedFieldException {
        return take(pattern).orElseThrow(MalformedFieldException::new);
    }

    private boolean isNext(char character) {
        return position < text.length() && text.charAt(position) == character;
    }

    private Optional<String> take(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(position, text.length()).useTransparentBounds(true);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        position = matcher.end();
        return Optional.of(matcher.group());
    }
}
