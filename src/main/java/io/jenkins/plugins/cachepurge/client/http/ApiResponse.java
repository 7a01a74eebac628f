package io.jenkins.plugins.cachepurge.client.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;

/**
 * Response of a service, read whole or up to the limit.
 *
 * @param status the HTTP status
 * @param reason the words behind the status, empty if there are none, as always in HTTP/2
 * @param headers the HTTP headers
 * @param body the body as text, at most {@link HttpLimits#BODY_BYTES} bytes of it
 * @param truncated true if the service sent more than that
 * @param digests of the whole body, as far as the reader needs them
 * @param receivedAt when it arrived, by the clock of Jenkins
 */
public record ApiResponse(
        int status,
        String reason,
        Headers headers,
        String body,
        boolean truncated,
        Map<BodyDigestAlgorithm, String> digests,
        Instant receivedAt) {

    public ApiResponse {
        digests = Map.copyOf(digests);
    }

    /** A response without digests. */
    public ApiResponse(int status, String reason, Headers headers, String body, boolean truncated, Instant receivedAt) {
        this(status, reason, headers, body, truncated, Map.of(), receivedAt);
    }

    /** A response without a reason phrase. */
    public ApiResponse(int status, Headers headers, String body, boolean truncated, Instant receivedAt) {
        this(status, "", headers, body, truncated, receivedAt);
    }

    /** The same without secrets in its headers, so that nothing read from them later can leak. */
    ApiResponse withoutSecrets(Redactor secrets) {
        if (secrets.isEmpty()) {
            return this;
        }
        Headers.Builder clean = new Headers.Builder();
        headers.forEach(header -> clean.addUnsafeNonAscii(header.getFirst(), secrets.redact(header.getSecond())));
        return new ApiResponse(status, reason, clean.build(), body, truncated, digests, receivedAt);
    }

    /** True for 200 to 299. */
    public boolean isSuccessful() {
        return status >= 200 && status < 300;
    }

    /**
     * The time of the response by the service's clock, from its {@code Date} header (whole seconds); without one by
     * Jenkins' clock.
     */
    public Instant serverTime() {
        return dateHeader("Date").orElse(receivedAt);
    }

    /**
     * Difference by which the service's clock is ahead of Jenkins', to the second; empty without a {@code Date} header.
     */
    public Optional<Duration> clockSkew() {
        return dateHeader("Date").map(date -> Duration.between(receivedAt, date));
    }

    /** A header; empty if it is missing. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The values of all headers of a name, as if they were one: joined by commas (RFC 9110, 5.3); empty if there is none. */
    public Optional<String> combinedHeader(String name) {
        List<String> values = headers.values(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /** A header with an HTTP date; empty if it is missing or has another format. */
    public Optional<Instant> dateHeader(String header) {
        return Optional.ofNullable(headers.getInstant(header));
    }

    /** A header with a number; empty if it is missing or has another format. */
    public Optional<Long> longHeader(String header) {
        try {
            return Optional.ofNullable(headers.get(header)).map(String::trim).map(Long::valueOf);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The media type without its parameters, for messages. */
    public String mediaType() {
        String type = Optional.ofNullable(headers.get("Content-Type")).orElse("");
        return type.isBlank() ? "untyped" : type.split(";", 2)[0].trim();
    }
}
