package io.jenkins.plugins.cachepurge.client.http;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A service was asked for something and it did not come about, or nobody knows whether it did. The message is one line
 * for the person who reads the console: what was asked of whom, what it answered, what to do about it.
 */
public final class ApiException extends Exception {

    private static final long serialVersionUID = 1L;

    /** How the request ended; tells what may be done next. */
    public enum Kind {
        /** No connection came about, so the service never saw the request. */
        UNREACHABLE,
        /** The host's TLS certificate is not one to trust, so nothing was sent to it. */
        UNTRUSTED,
        /** The request went out, and no whole answer came back: it may have taken effect. */
        NO_RESPONSE,
        /** HTTP 429, or the service's own word for it: it was refused for now. */
        RATE_LIMITED,
        /** HTTP 502, 503, 504: something in front of the service, or the service itself, could not serve it now. */
        UNAVAILABLE,
        /** Any other answer that is no success. */
        REFUSED,
        /** A success whose text is not what the service promises: it may have taken effect. */
        UNREADABLE,
        /** The service took the request, and says that what was asked for has failed. */
        FAILED,
        /** The deadline passed first. */
        TIMED_OUT;

        /** True where asking again later may help. */
        public boolean isRetryable() {
            return this == UNREACHABLE || this == NO_RESPONSE || this == RATE_LIMITED || this == UNAVAILABLE;
        }

        /** True where the service may have done what was asked although it did not say so. */
        public boolean mayHaveTakenEffect() {
            return this == NO_RESPONSE || this == UNAVAILABLE || this == UNREADABLE;
        }
    }

    private final Kind kind;
    private final String service;
    private final int status;
    private final String code;
    private final String serviceMessage;
    private final Duration retryAfter;

    private ApiException(Kind kind, String service, String line, int status, String code, String said, Duration after) {
        super(line);
        this.kind = kind;
        this.service = service;
        this.status = status;
        this.code = code;
        this.serviceMessage = said;
        this.retryAfter = after;
    }

    /** @param reason why no connection came about, without the address */
    static ApiException unreachable(ApiCall<?> call, String reason) {
        return new ApiException(
                Kind.UNREACHABLE,
                call.service(),
                ErrorMessage.of(call, "but %s could not be reached: %s".formatted(call.address(), reason))
                        .advise("Check the API URL, the network and Jenkins' proxy settings."),
                0,
                null,
                "",
                null);
    }

    /** @param reason what is wrong with the certificate */
    static ApiException untrusted(ApiCall<?> call, String reason) {
        return new ApiException(
                Kind.UNTRUSTED,
                call.service(),
                ErrorMessage.of(call, "but the TLS certificate at %s cannot be trusted: %s".formatted(call.address(), reason))
                        .advise("Check the API URL, or let the Java that runs Jenkins trust the certificate's issuer."),
                0,
                null,
                "",
                null);
    }

    /** @param reason why no whole answer came */
    public static ApiException noResponse(ApiCall<?> call, String reason) {
        return new ApiException(
                Kind.NO_RESPONSE,
                call.service(),
                ErrorMessage.of(call, "but no whole answer came from %s: %s".formatted(call.address(), reason))
                        .advise("Whether it was done is not known."),
                0,
                null,
                "",
                null);
    }

    static ApiException unreadable(ApiCall<?> call, ApiResponse answer, String mediaType, String why) {
        String what = "and answered HTTP %d, but with a body (%s) that is no such answer: %s"
                .formatted(answer.status(), ErrorMessage.cut(mediaType), ErrorMessage.cut(why));
        return new ApiException(
                Kind.UNREADABLE,
                call.service(),
                ErrorMessage.of(call, what).advise("Check that %s is this service's API.".formatted(call.address())),
                answer.status(),
                null,
                "",
                null);
    }

    static ApiException errorResponse(ApiCall<?> call, ApiResponse answer, ServiceError error, Optional<Duration> retryAfter) {
        String what = "and answered HTTP %d%s%s"
                .formatted(
                        answer.status(),
                        error.code().map(code -> " " + ErrorMessage.cut(code)).orElse(""),
                        error.message().isBlank() ? "" : ": " + ErrorMessage.cut(error.message()));
        return new ApiException(
                error.rateLimited() ? Kind.RATE_LIMITED : kindOf(answer.status()),
                call.service(),
                ErrorMessage.of(call, what).advise(error.advice().orElseGet(() -> ErrorMessage.defaultAdvice(answer.status()))),
                answer.status(),
                error.code().orElse(null),
                error.message(),
                retryAfter.orElse(null));
    }

    private static Kind kindOf(int status) {
        return switch (status) {
            case 429 -> Kind.RATE_LIMITED;
            case 502, 503, 504 -> Kind.UNAVAILABLE;
            default -> Kind.REFUSED;
        };
    }

    /**
     * For an operation whose service says that it failed.
     *
     * @param asked what was asked, as "purge /index.html"
     * @param state how it ended, as "ended as FAILED"
     * @param advice whole sentences
     */
    public static ApiException failed(String service, String asked, String state, String advice) {
        return new ApiException(
                Kind.FAILED, service, ErrorMessage.of(service, asked, "and " + state).advise(advice), 0, null, state, null);
    }

    /**
     * For an operation whose time is up.
     *
     * @param operation what it was about
     * @param lastKnown the last known state, as a sentence without its full stop
     */
    public static ApiException timedOut(String service, String operation, Duration timeout, String lastKnown) {
        String line = "%s was not over after %d s (timeout). Last known: %s."
                .formatted(operation, timeout.toSeconds(), lastKnown);
        return new ApiException(Kind.TIMED_OUT, service, line, 0, null, "", null);
    }

    /** The same problem with another line for people. */
    public ApiException withMessage(String line) {
        return new ApiException(kind, service, line, status, code, serviceMessage, retryAfter);
    }

    /** Tells what may be done next. */
    public Kind kind() {
        return kind;
    }

    /** The service's name, as "Scaleway Edge Services". */
    public String service() {
        return service;
    }

    /** The HTTP status, empty where no answer arrived. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** The service's own code, as {@code too_many_requests}. */
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    /** The service's own explanation, cleaned of secrets and control characters; may be empty. */
    public String serviceMessage() {
        return serviceMessage;
    }

    /** How long the service asked to be left alone. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
