package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.operation.Advice;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.InvalidInputException;
import java.util.List;
import java.util.Locale;

/** By what a part of a cache can be chosen. */
public enum PurgeKind {
    /** Paths from the root, of whatever host the CDN serves them for. */
    PATHS,
    /** Absolute URLs, as visitors see them. */
    URLS,
    /** What the origin tagged its answers with: surrogate keys, cache tags. */
    TAGS,
    /** The start of paths, or of URLs without their scheme. */
    PREFIXES,
    /** Names of hosts, without scheme, port and path. */
    HOSTS,
    /** All that the CDN holds of the target. */
    ALL;

    /** The parameter in a Jenkinsfile, as {@code paths}. */
    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How it is set in a Jenkinsfile, as {@code paths} or {@code all: true}. */
    String written() {
        return this == ALL ? "all: true" : parameter();
    }

    /** @throws InvalidInputException where there is none, or one of them cannot be used */
    List<String> checked(List<String> values) {
        if (values.isEmpty()) {
            throw wrong("selection.none");
        }
        for (int i = 0; i < values.size(); i++) {
            check(number(i + 1), values.get(i));
        }
        return List.copyOf(values);
    }

    /**
     * @param where which one it is, as "line 3"
     * @throws InvalidInputException where it cannot be one of these
     */
    public void check(Advice where, String value) {
        if (value == null || value.isBlank()) {
            throw wrong("selection.empty", where);
        }
        if (value.codePoints().anyMatch(Input::invisible)) {
            throw wrong("selection.controlCharacters", where, Input.shown(value));
        }
        if (!fits(value)) {
            throw misfit(where, value.contains("@") ? "\u2026" : Input.shown(value));
        }
    }

    private Advice number(int number) {
        return switch (this) {
            case PATHS -> Advice.of("path", number);
            case URLS -> Advice.of("url", number);
            case TAGS -> Advice.of("tag", number);
            case PREFIXES -> Advice.of("prefix", number);
            case HOSTS -> Advice.of("host", number);
            case ALL -> throw new IllegalStateException(name());
        };
    }

    private boolean fits(String value) {
        return switch (this) {
            case PATHS -> value.startsWith("/") && !value.startsWith("//");
            case URLS -> PageUrl.of(value).isPresent();
            case TAGS -> !spaced(value);
            case PREFIXES -> !spaced(value) && !value.contains("*");
            case HOSTS -> PageUrl.isHost(value);
            case ALL -> false;
        };
    }

    /** @param shown nothing of what may hold a password */
    private InvalidInputException misfit(Advice where, String shown) {
        return switch (this) {
            case PATHS -> wrong("path.wrong", where, shown);
            case URLS -> wrong("url.wrong", where, shown);
            case TAGS -> wrong("tag.wrong", where, shown);
            case PREFIXES -> wrong("prefix.wrong", where, shown);
            case HOSTS -> wrong("host.wrong", where, shown);
            case ALL -> throw new IllegalStateException(name());
        };
    }

    private static boolean spaced(String value) {
        return value.chars().anyMatch(Character::isWhitespace);
    }

    private InvalidInputException wrong(String advice, Object... arguments) {
        return new InvalidInputException(parameter(), Advice.of(advice, arguments));
    }
}
