package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.input.VariableText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Type of a selection. */
public enum SelectionType {
    /** Paths from the root, for all hosts of the target. */
    PATHS,
    /** Absolute URLs of visitors. */
    URLS,
    /** Tags of responses from the origin: surrogate keys, cache tags. */
    TAGS,
    /** The start of paths, or of URLs without their scheme. */
    PREFIXES,
    /** Names of hosts, without scheme, port and path. */
    HOSTS,
    /** Everything of the target. */
    ALL;

    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private static final Pattern SCHEME = Pattern.compile("^https?://", Pattern.CASE_INSENSITIVE);
    private static final Pattern OTHER_SCHEME = Pattern.compile("^[^/]*://");

    /** In a path, before the query: what looks like the beginning of another path or URL. */
    private static final Pattern SEVERAL = Pattern.compile("^[^?]+?(\\s|,\\s*)(/|https?://)");

    /** The parameter in a Jenkinsfile, such as {@code paths}. */
    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One of the values, in a message. */
    public String noun() {
        return switch (this) {
            case PATHS -> "path";
            case URLS -> "URL";
            case TAGS -> "tag";
            case PREFIXES -> "prefix";
            case HOSTS -> "host";
            case ALL -> "purge";
        };
    }

    /** One of the values for people, such as "path /index.html". */
    LocalizedText one(String value) {
        return switch (this) {
            case PATHS -> LocalizedText.of("path.one", value);
            case URLS -> LocalizedText.of("url.one", value);
            case TAGS -> LocalizedText.of("tag.one", value);
            case PREFIXES -> LocalizedText.of("prefix.one", value);
            case HOSTS -> LocalizedText.of("host.one", value);
            case ALL -> throw new IllegalStateException(name());
        };
    }

    /** Several of the values for people, such as "2,400 paths". */
    LocalizedText several(int count) {
        return switch (this) {
            case PATHS -> LocalizedText.of("path.several", count);
            case URLS -> LocalizedText.of("url.several", count);
            case TAGS -> LocalizedText.of("tag.several", count);
            case PREFIXES -> LocalizedText.of("prefix.several", count);
            case HOSTS -> LocalizedText.of("host.several", count);
            case ALL -> throw new IllegalStateException(name());
        };
    }

    /** The values as units that are counted, such as "paths". */
    public LocalizedText unit() {
        return switch (this) {
            case PATHS -> LocalizedText.of("unit.paths");
            case URLS -> LocalizedText.of("unit.urls");
            case TAGS -> LocalizedText.of("unit.tags");
            case PREFIXES -> LocalizedText.of("unit.prefixes");
            case HOSTS -> LocalizedText.of("unit.hosts");
            case ALL -> LocalizedText.of("unit.purges");
        };
    }

    /** Its syntax in a Jenkinsfile, such as {@code paths} or {@code all: true}. */
    String syntax() {
        return this == ALL ? "all: true" : parameter();
    }

    /**
     * The values in the form in which they are sent, each once, in the order of their first occurrence.
     *
     * @throws InvalidInputException if there are none, or one of them is not valid
     */
    List<String> canonical(List<String> values) {
        if (values.isEmpty()) {
            throw invalid("selection.none");
        }
        Set<String> canonical = new LinkedHashSet<>();
        for (int i = 0; i < values.size(); i++) {
            canonical.add(canonical(position(i + 1), values.get(i)));
        }
        return List.copyOf(canonical);
    }

    /**
     * The form in which a value is sent: the URL of a page in the spelling of browsers, and the ASCII form of a host.
     *
     * @param where its position, such as "line 3"
     * @throws InvalidInputException if it is not valid for the type
     */
    private String canonical(LocalizedText where, String value) {
        if (value == null || value.isBlank()) {
            throw invalid("selection.empty", where);
        }
        if (value.codePoints().anyMatch(this::isForbidden)) {
            throw invalid("selection.controlCharacters", where, PrintableText.quote(value));
        }
        String shown = shown(value);
        String stripped = value.strip();
        if (isAddress() && SEVERAL.matcher(stripped).find()) {
            throw invalid("selection.several", where, shown);
        }
        if (this == PREFIXES && value.contains("*")) {
            throw invalid("prefix.star", where, shown);
        }
        if (isAddress() && !PageUrl.isUnambiguous(value) || this != URLS && isAddress() && value.contains("#")) {
            throw invalid("page.ambiguous", where, shown);
        }
        return canonical(stripped).orElseThrow(() -> invalidValue(where, shown));
    }

    /**
     * Refuses what a variable without a value has left. A person does not write such a value; a file may have the name.
     *
     * @throws InvalidInputException naming the first
     */
    void checkVariables(List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            checkVariables(position(i + 1), values.get(i));
        }
    }

    /** The same for one value, at a position such as "line 3". */
    private void checkVariables(LocalizedText where, String value) {
        VariableText text = new VariableText(value);
        if (text.hasVariable()) {
            throw invalid("selection.variable", where, shown(value));
        }
        if (text.isNull()) {
            throw invalid("selection.null", where, shown(value));
        }
    }

    /**
     * The form in which a value is sent that a person entered.
     *
     * @param where its position, such as "line 3"
     * @throws InvalidInputException if it is not valid for the type, or is what a variable without a value has left
     */
    public String entered(LocalizedText where, String value) {
        checkVariables(where, value);
        return canonical(where, value);
    }

    /** What stands before an @ may be a password. */
    private static String shown(String value) {
        return value.contains("@") ? "\u2026" : PrintableText.quote(value);
    }

    /** Invisible characters mostly come from copying. Joiners are parts of words and emoji, and are encoded. */
    private boolean isForbidden(int character) {
        boolean joiner = character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER;
        return PrintableText.isInvisible(character) && !(joiner && isAddress());
    }

    private boolean isAddress() {
        return this == PATHS || this == URLS || this == PREFIXES;
    }

    private LocalizedText position(int number) {
        return switch (this) {
            case PATHS -> LocalizedText.of("path", number);
            case URLS -> LocalizedText.of("url", number);
            case TAGS -> LocalizedText.of("tag", number);
            case PREFIXES -> LocalizedText.of("prefix", number);
            case HOSTS -> LocalizedText.of("host", number);
            case ALL -> throw new IllegalStateException(name());
        };
    }

    private Optional<String> canonical(String value) {
        return switch (this) {
            case PATHS -> path(value);
            case URLS -> PageUrl.of(value).map(PageUrl::text);
            case TAGS -> Optional.of(value).filter(tag -> tag.chars().noneMatch(Character::isWhitespace));
            case PREFIXES -> value.startsWith("/") ? path(value) : urlPrefix(value);
            case HOSTS -> PageUrl.asciiHost(value);
            case ALL -> Optional.empty();
        };
    }

    private static Optional<String> path(String value) {
        return value.startsWith("/") && !value.startsWith("//")
                ? PageUrl.of("http://any" + value).map(PageUrl::target)
                : Optional.empty();
    }

    /** With or without a scheme; a host alone gets no slash. */
    private static Optional<String> urlPrefix(String value) {
        boolean hasScheme = SCHEME.matcher(value).find();
        if (!hasScheme && OTHER_SCHEME.matcher(value).find()) {
            return Optional.empty();
        }
        boolean hostOnly = SCHEME.matcher(value).replaceFirst("").matches("[^/?]*");
        return PageUrl.of(hasScheme ? value : "http://" + value)
                .map(page -> hasScheme ? page.text() : page.withoutScheme())
                .map(text -> hostOnly ? text.substring(0, text.length() - 1) : text);
    }

    /** @param shown without text that may be a password */
    private InvalidInputException invalidValue(LocalizedText where, String shown) {
        return switch (this) {
            case PATHS -> invalid("path.wrong", where, shown);
            case URLS -> invalid("url.wrong", where, shown);
            case TAGS -> invalid("tag.wrong", where, shown);
            case PREFIXES -> invalid("prefix.wrong", where, shown);
            case HOSTS -> invalid("host.wrong", where, shown);
            case ALL -> throw new IllegalStateException(name());
        };
    }

    private InvalidInputException invalid(String advice, Object... arguments) {
        return new InvalidInputException(parameter(), LocalizedText.of(advice, arguments));
    }
}
