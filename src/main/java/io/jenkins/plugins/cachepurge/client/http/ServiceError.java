package io.jenkins.plugins.cachepurge.client.http;

import java.time.Duration;
import java.util.Optional;

/**
 * Content of a service's error response.
 *
 * @param code the service's own code, such as Feldera's {@code UnknownPipelineName}
 * @param message its own explanation; empty if there is none
 * @param advice what the reader can do about it, as whole sentences
 * @param retryAfter how long to wait, if the service states it elsewhere than in {@code Retry-After}
 * @param refusal what the refusal means, if it is known whatever the HTTP status
 * @param tokenRefused true if it refused the access token, whatever its HTTP status
 */
public record ServiceError(
        Optional<String> code,
        String message,
        Optional<String> advice,
        Optional<Duration> retryAfter,
        Optional<ApiException.Kind> refusal,
        boolean tokenRefused) {

    public static ServiceError of(String message) {
        return new ServiceError(Optional.empty(), message, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    public static ServiceError of(String code, String message) {
        return new ServiceError(
                Optional.of(code), message, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /** The same with what the reader can do about it, as whole sentences. */
    public ServiceError withAdvice(String advice) {
        return new ServiceError(code, message, Optional.of(advice), retryAfter, refusal, tokenRefused);
    }

    /** The same with the time to wait; empty if the service does not state it. */
    public ServiceError withRetryAfter(Optional<Duration> retryAfter) {
        return new ServiceError(code, message, advice, retryAfter, refusal, tokenRefused);
    }

    /** The same as a refusal for now: not all services use HTTP 429 for it. */
    public ServiceError asRateLimit() {
        return new ServiceError(
                code, message, advice, retryAfter, Optional.of(ApiException.Kind.RATE_LIMITED), tokenRefused);
    }

    /** The same as a refusal until earlier requests for the same target have ended. */
    public ServiceError asBusy() {
        return new ServiceError(code, message, advice, retryAfter, Optional.of(ApiException.Kind.BUSY), tokenRefused);
    }

    /** The same as a refusal of the access token: not all services use HTTP 401 for it. */
    public ServiceError asTokenRefusal() {
        return new ServiceError(code, message, advice, retryAfter, refusal, true);
    }

    /**
     * What the response means.
     *
     * @param status its HTTP status
     */
    ApiException.Kind kind(int status) {
        return refusal.orElse(
                switch (status) {
                    case 429 -> ApiException.Kind.RATE_LIMITED;
                    case 408, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530 ->
                        ApiException.Kind.UNAVAILABLE;
                    // Not implemented (RFC 9110, 15.6.2): nothing can have been done.
                    case 501 -> ApiException.Kind.REFUSED;
                    default -> status >= 500 ? ApiException.Kind.SERVER_ERROR : ApiException.Kind.REFUSED;
                });
    }

    /** The same without control characters and secrets, for texts that were not read from the JSON that was cleaned. */
    ServiceError redacted(Redactor secrets) {
        return new ServiceError(
                code.map(secrets::redact), secrets.redact(message), advice, retryAfter, refusal, tokenRefused);
    }
}
