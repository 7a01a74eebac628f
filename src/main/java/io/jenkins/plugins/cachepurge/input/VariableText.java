package io.jenkins.plugins.cachepurge.input;

import java.util.regex.Pattern;

/**
 * Text that a person entered, in which a variable may have been left: Jenkins does not replace one without a value, and Groovy
 * none between single quotes.
 *
 * @param text may be null
 */
public record VariableText(String text) {

    /** Inside of a text, a name without braces must look like an environment variable. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}]*\\}|\\$[A-Z][A-Z0-9_]+(?!\\w)");

    /** Alone, it may be written in any case. */
    private static final Pattern ONLY_VARIABLE = Pattern.compile("\\$(\\w+|\\{[^}]*\\})");

    private static final Pattern NULL = Pattern.compile("(https?://)?null([:/?].*)?");

    /** Whether it has a variable that was not replaced. */
    public boolean hasVariable() {
        return isVariable() || text != null && VARIABLE.matcher(text).find();
    }

    /** Whether it is such a variable and nothing else. */
    public boolean isVariable() {
        return text != null && ONLY_VARIABLE.matcher(text).matches();
    }

    /** Whether it is, or has for a host, the text of a value that is null. */
    public boolean isNull() {
        return text != null && NULL.matcher(text).matches();
    }
}
