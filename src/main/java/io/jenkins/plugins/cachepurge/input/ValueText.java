package io.jenkins.plugins.cachepurge.input;

import java.util.List;
import java.util.Locale;

/** Values in a message: a single one by its name, several by their number. */
public final class ValueText {

    private ValueText() {}

    /**
     * Names a single value, such as "path /index.html", or counts several, such as "2,400 paths".
     *
     * @param values at least one
     * @param noun in the singular, such as "path"; its plural ends with an s
     */
    public static String of(List<String> values, String noun) {
        return values.size() == 1
                ? "%s %s".formatted(noun, withoutQuery(values.get(0)))
                : String.format(Locale.ROOT, "%,d %s%s", values.size(), noun, noun.endsWith("x") ? "es" : "s");
    }

    /** A value fit to be printed, without its query, which may hold a token. */
    public static String withoutQuery(String value) {
        int query = value.indexOf('?');
        return PrintableText.quote(query < 0 ? value : value.substring(0, query) + "?…");
    }
}
