package io.jenkins.plugins.cachepurge.client.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import okhttp3.MediaType;

/**
 * What is read of the body of a response.
 *
 * @param text whether its start is kept, at most {@link HttpLimits#MAX_BODY_BYTES} bytes of it
 * @param anyLength whether it may be longer than that
 * @param digests of all of it, however long it is; it is read to its end only if there are some
 */
public record BodyReadOptions(boolean text, boolean anyLength, Set<BodyDigestAlgorithm> digests) {

    /** The text of an API's response, which must not be longer than the limit. */
    public static final BodyReadOptions TEXT = new BodyReadOptions(true, false, Set.of());

    public BodyReadOptions {
        digests = digests.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(digests));
    }

    /** A page of any length. */
    public static BodyReadOptions ofPage(boolean text, Set<BodyDigestAlgorithm> digests) {
        return new BodyReadOptions(text, true, digests);
    }

    /**
     * The charset of the text: an API's is always UTF-8.
     *
     * @param contentType the header; null if it is missing
     */
    public Charset charset(String contentType) {
        MediaType type = contentType == null || !anyLength ? null : MediaType.parse(contentType);
        return type == null ? StandardCharsets.UTF_8 : type.charset(StandardCharsets.UTF_8);
    }

    /** The timeout of an exchange: a body that is read to its end may take long, as long as it keeps coming. */
    public Duration limit(Duration atMost) {
        boolean limited = !readsAll() && atMost.compareTo(HttpLimits.EXCHANGE_TIMEOUT) > 0;
        return limited ? HttpLimits.EXCHANGE_TIMEOUT : atMost;
    }

    /** Whether it is read to its end, which may take longer than a usual exchange. */
    boolean readsAll() {
        return !digests.isEmpty();
    }
}
