package io.jenkins.plugins.cachepurge.operation.httpcache;

import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.Locale;
import java.util.stream.Stream;

/** What follows if nothing of a selection was cached anywhere: mostly the request names other pages than visitors do. */
public enum NotCached {
    /** Nothing; for pages that are rarely cached. */
    OK,
    /** The purge succeeds with a warning. */
    WARN,
    /** The purge fails. */
    FAIL;

    /** As in a Jenkinsfile. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The value of a parameter.
     *
     * @throws InvalidInputException if it is none of them
     */
    public static NotCached of(String text) {
        String typed = new InputField("notCached", text).required();
        return Stream.of(values())
                .filter(each -> each.toString().equals(typed))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "notCached", LocalizedText.of("caches.notCached", PrintableText.quote(typed))));
    }
}
