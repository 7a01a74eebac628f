package io.jenkins.plugins.cachepurge.client.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;

/**
 * What a service answered, read whole or up to the limit.
 *
 * @param status the HTTP status
 * @param reason the words behind the status, empty where there are none, as always in HTTP/2
 * @param headers the HTTP headers
 * @param body the body as text, at most {@link HttpLimits#BODY_BYTES} bytes of it
 * @param cut true where the service sent more than that
 * @param receivedAt when it arrived, by the clock of this side
 */
public record ApiResponse(
        int status, String reason, Headers headers, String body, boolean truncated, Instant receivedAt) {

    /** An answer without words behind its status. */
    public ApiResponse(int status, Headers headers, String body, boolean cut, Instant receivedAt) {
        this(status, "", headers, body, cut, receivedAt);
    }

    /** True for 200 to 299. */
    public boolean isSuccessful() {
        return status >= 200 && status < 300;
    }

    /** The service's own clock as its {@code Date} header tells it (whole seconds), else this side's. */
    public Instant serverTime() {
        return dateHeader("Date").orElse(receivedAt);
    }

    /** How far the service's clock is ahead of this side's, to the second; empty if it does not say what time it is. */
    public Optional<Duration> clockSkew() {
        return dateHeader("Date").map(date -> Duration.between(receivedAt, date));
    }

    /** A header as it came; empty where it is missing. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** A header that holds an HTTP date; empty where it is missing or holds something else. */
    public Optional<Instant> dateHeader(String header) {
        return Optional.ofNullable(headers.getInstant(header));
    }

    /** A header that holds a number; empty where it is missing or holds something else. */
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
