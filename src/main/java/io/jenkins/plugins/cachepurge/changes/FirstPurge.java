package io.jenkins.plugins.cachepurge.changes;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a purge of changes does if nothing was purged before. */
enum FirstPurge {
    /** Everything is purged. */
    ALL,
    /** Nothing is purged; the next purge compares with this build. */
    NOTHING,
    /** The step fails. */
    FAIL;

    /** Its name in a Jenkinsfile. */
    String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<FirstPurge> of(String parameter) {
        return Stream.of(values())
                .filter(value -> value.parameter().equals(parameter))
                .findFirst();
    }
}
