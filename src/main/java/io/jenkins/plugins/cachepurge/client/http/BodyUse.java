package io.jenkins.plugins.cachepurge.client.http;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is read of the body of a response.
 *
 * @param text whether its start is kept, at most {@link HttpLimits#MAX_BODY_BYTES} bytes of it
 * @param anyLength whether it may be longer than that
 * @param digests of all of it, however long it is; it is read to its end only if there are some
 */
public record BodyUse(boolean text, boolean anyLength, Set<DigestAlgorithm> digests) {

    /** The text of an API's response, which must not be longer than the limit. */
    public static final BodyUse TEXT = new BodyUse(true, false, Set.of());

    public BodyUse {
        digests = digests.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(digests));
    }

    /** A page of any length. */
    public static BodyUse ofPage(boolean text, Set<DigestAlgorithm> digests) {
        return new BodyUse(text, true, digests);
    }

    /** Whether it is read to its end, which may take longer than a usual exchange. */
    boolean readsAll() {
        return !digests.isEmpty();
    }
}
