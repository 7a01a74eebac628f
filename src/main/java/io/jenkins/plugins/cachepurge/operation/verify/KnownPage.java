package io.jenkins.plugins.cachepurge.operation.verify;

import java.util.Set;

/** What is known of a single page, beside what is expected of all pages of a verification. */
public sealed interface KnownPage {

    /** @param sha256 of its whole body, in lower-case hexadecimal digits */
    record Body(String sha256) implements KnownPage {}

    /** The page was removed, so that HTTP 404 or 410 is the right answer, with any body. */
    record Gone() implements KnownPage {

        static final Set<Integer> STATUSES = Set.of(404, 410);
    }
}
