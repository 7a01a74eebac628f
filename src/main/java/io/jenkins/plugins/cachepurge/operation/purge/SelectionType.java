package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.List;
import java.util.Locale;

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

    /** The parameter in a Jenkinsfile, such as {@code paths}. */
    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One of the values, in a message; its plural is {@link #plural()}. */
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

    /** Several of the values, in a message. */
    public String plural() {
        return this == PREFIXES ? "prefixes" : noun() + "s";
    }

    /** Its syntax in a Jenkinsfile, such as {@code paths} or {@code all: true}. */
    String syntax() {
        return this == ALL ? "all: true" : parameter();
    }

    /** @throws InvalidInputException if there are none, or one of them is not valid */
    List<String> validated(List<String> values) {
        if (values.isEmpty()) {
            throw invalid("selection.none");
        }
        for (int i = 0; i < values.size(); i++) {
            check(position(i + 1), values.get(i));
        }
        return List.copyOf(values);
    }

    /**
     * @param where its position, such as "line 3"
     * @throws InvalidInputException if it is not valid for the type
     */
    public void check(LocalizedText where, String value) {
        if (value == null || value.isBlank()) {
            throw invalid("selection.empty", where);
        }
        if (value.codePoints().anyMatch(PrintableText::isInvisible)) {
            throw invalid("selection.controlCharacters", where, PrintableText.quote(value));
        }
        if (!isValid(value)) {
            throw invalidValue(where, value.contains("@") ? "\u2026" : PrintableText.quote(value));
        }
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

    private boolean isValid(String value) {
        return switch (this) {
            case PATHS -> value.startsWith("/") && !value.startsWith("//");
            case URLS -> PageUrl.of(value).isPresent();
            case TAGS -> !hasWhitespace(value);
            case PREFIXES -> !hasWhitespace(value) && !value.contains("*");
            case HOSTS -> PageUrl.isHost(value);
            case ALL -> false;
        };
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

    private static boolean hasWhitespace(String value) {
        return value.chars().anyMatch(Character::isWhitespace);
    }

    private InvalidInputException invalid(String advice, Object... arguments) {
        return new InvalidInputException(parameter(), LocalizedText.of(advice, arguments));
    }
}
