package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.operation.Advice;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.InvalidInputException;
import java.util.List;
import java.util.Locale;
import okhttp3.HttpUrl;

/** By what a part of a cache can be chosen. */
public enum PurgeKind {
    /** Paths from the root, of whatever host the CDN serves them for. */
    PATHS("path") {
        @Override
        boolean fits(String value) {
            return value.startsWith("/") && !value.startsWith("//");
        }
    },
    /** Absolute URLs, as visitors see them. */
    URLS("url") {
        @Override
        boolean fits(String value) {
            HttpUrl url = HttpUrl.parse(value);
            return url != null && url.username().isEmpty() && url.password().isEmpty() && url.fragment() == null;
        }
    },
    /** What the origin tagged its answers with: surrogate keys, cache tags. */
    TAGS("tag") {
        @Override
        boolean fits(String value) {
            return value.chars().noneMatch(Character::isWhitespace);
        }
    },
    /** The start of paths, or of URLs without their scheme. */
    PREFIXES("prefix") {
        @Override
        boolean fits(String value) {
            return !value.contains("*") && value.chars().noneMatch(Character::isWhitespace);
        }
    },
    /** Names of hosts, without scheme, port and path. */
    HOSTS("host") {
        @Override
        boolean fits(String value) {
            HttpUrl url = value.contains("/") || value.contains("*") ? null : HttpUrl.parse("https://" + value);
            return url != null && url.host().equalsIgnoreCase(value);
        }
    },
    /** All that the CDN holds of the target. */
    ALL("all") {
        @Override
        boolean fits(String value) {
            return false;
        }
    };

    private final String one;

    PurgeKind(String one) {
        this.one = one;
    }

    /** The parameter in a Jenkinsfile, as {@code paths}. */
    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How it is set in a Jenkinsfile, as {@code paths} or {@code all: true}. */
    String written() {
        return this == ALL ? "all: true" : parameter();
    }

    abstract boolean fits(String value);

    /**
     * @param number where it stands, 1 for the first
     * @throws InvalidInputException where it cannot be one of these
     */
    void check(int number, String value) {
        check(Advice.of(one, number), value);
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
            throw wrong(one + ".wrong", where, withoutPassword(value));
        }
    }

    private static String withoutPassword(String value) {
        return value.contains("@") ? "\u2026" : Input.shown(value);
    }

    /** @throws InvalidInputException where there is none, or one of them cannot be used */
    List<String> checked(List<String> values) {
        if (values.isEmpty()) {
            throw wrong("selection.none");
        }
        for (int i = 0; i < values.size(); i++) {
            check(i + 1, values.get(i));
        }
        return List.copyOf(values);
    }

    private InvalidInputException wrong(String advice, Object... arguments) {
        return new InvalidInputException(parameter(), Advice.of(advice, arguments));
    }
}
