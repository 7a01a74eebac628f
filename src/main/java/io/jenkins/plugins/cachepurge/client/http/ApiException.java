package io.jenkins.plugins.cachepurge.client.http;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import okhttp3.HttpUrl;

/**
 * Failure of a request to a service. The message is one line for the person who reads the console: the request, the
 * response and what to do about it.
 */
public final class ApiException extends Exception {

    private static final long serialVersionUID = 1L;

    private enum Reach {
        NOT_SENT,
        NO_EFFECT,
        UNCERTAIN
    }

    /** How the request ended, which determines what may be done next. */
    public enum Kind {
        /** No connection was made, so the service never received the request. */
        UNREACHABLE(Reach.NOT_SENT, Integer.MAX_VALUE),
        /** The host, or that of Jenkins' proxy, has no address, so nothing was sent. */
        UNKNOWN_HOST(Reach.NOT_SENT, MAX_ATTEMPTS_FOR_UNKNOWN_HOST),
        /** The host's TLS certificate is not trusted, so nothing was sent. */
        UNTRUSTED(Reach.NOT_SENT, 1),
        /** The host resolves to an address that the request must not be sent to, so nothing was. */
        FORBIDDEN_ADDRESS(Reach.NOT_SENT, 1),
        /** Jenkins' proxy requires another login, or forbids the host: nothing was forwarded. */
        PROXY_REFUSED(Reach.NOT_SENT, 1),
        /** Jenkins' proxy could not open a tunnel to the service: nothing was forwarded. */
        PROXY_UNAVAILABLE(Reach.NOT_SENT, MAX_ATTEMPTS_THROUGH_PROXY),
        /** The request was sent, and no complete response arrived: it may have taken effect. */
        NO_RESPONSE(Reach.UNCERTAIN, Integer.MAX_VALUE),
        /** HTTP 429, or the service's own code for it: refused for now. */
        RATE_LIMITED(Reach.NO_EFFECT, Integer.MAX_VALUE),
        /** Refused until earlier requests for the same target have ended, whatever the HTTP status: others may be sent. */
        BUSY(Reach.NO_EFFECT, Integer.MAX_VALUE),
        /**
         * HTTP 408, 502, 503, 504, and 520 to 527 and 530 of a CDN: the service, or a gateway in front of it, could not
         * serve the request now.
         */
        UNAVAILABLE(Reach.UNCERTAIN, Integer.MAX_VALUE),
        /** HTTP 500, or another 5xx but 501: the service failed, perhaps after the request had taken effect. */
        SERVER_ERROR(Reach.UNCERTAIN, MAX_ATTEMPTS_AFTER_SERVER_ERROR),
        /** Any other response that is not a success. */
        REFUSED(Reach.NO_EFFECT, 1),
        /** A success whose body is not what the service documents: it may have taken effect. */
        UNREADABLE(Reach.UNCERTAIN, 1),
        /** The service accepted the request, and reports that the operation failed. */
        FAILED(Reach.NO_EFFECT, 1),
        /** The deadline passed first. */
        TIMED_OUT(Reach.NO_EFFECT, 1);

        private final Reach reach;
        private final int maxAttempts;

        Kind(Reach reach, int maxAttempts) {
            this.reach = reach;
            this.maxAttempts = maxAttempts;
        }

        /** True if sending the request again later may help. */
        public boolean isRetryable() {
            return maxAttempts > 1;
        }

        /**
         * True if the request may have taken effect. If it is not idempotent, its effect must be looked up before it is
         * sent again or reported as a failure.
         */
        public boolean mayHaveTakenEffect() {
            return reach == Reach.UNCERTAIN;
        }

        /** True if it is known that the service received nothing. */
        public boolean isNothingSent() {
            return reach == Reach.NOT_SENT;
        }

        /** Maximum number of attempts in a row that end like this; the deadline may come earlier. */
        public int maxAttempts() {
            return maxAttempts;
        }
    }

    /** A proxy that refuses a tunnel seldom allows it a minute later, and each attempt may be a login. */
    private static final int MAX_ATTEMPTS_THROUGH_PROXY = 3;

    /** Mostly a typo; some DNS servers fail for a moment. */
    private static final int MAX_ATTEMPTS_FOR_UNKNOWN_HOST = 3;

    /** A temporary error is usually over soon; a permanent one is often caused by the request. */
    private static final int MAX_ATTEMPTS_AFTER_SERVER_ERROR = 4;

    private final Kind kind;
    private final String service;
    private final ErrorFacts facts;

    private ApiException(Kind kind, String service, String message, ErrorFacts facts) {
        super(message);
        this.kind = kind;
        this.service = service;
        this.facts = facts;
    }

    private ApiException(Kind kind, ApiCall<?> call, String what, String advice) {
        this(kind, call.service(), ErrorMessage.of(call, what).advise(advice), ErrorFacts.NONE);
    }

    /**
     * @param kind {@link Kind#UNREACHABLE} or {@link Kind#UNKNOWN_HOST}
     * @param proxy the proxy that was to pass it on; empty for none
     * @param reason why no connection was made, without the address
     */
    static ApiException unreachable(Kind kind, ApiCall<?> call, Optional<String> proxy, String reason) {
        String through = proxy.map(" through Jenkins' proxy "::concat).orElse("");
        String what = "but %s could not be reached%s: %s".formatted(call.address(), through, reason);
        String advice = "Check the URL, the network and Jenkins' proxy settings.";
        return new ApiException(kind, call, what, advice);
    }

    /** @param address the address and what it is, such as "10.1.2.3, which is private" */
    public static ApiException forbiddenAddress(ApiCall<?> call, String address) {
        HttpUrl url = call.request().url();
        String what = "but the host %s has the address %s".formatted(url.host(), address);
        String advice =
                "Nothing was sent. Private addresses are allowed only if an administrator approves a URL of that host, and local ones only if that URL names the address itself.";
        return new ApiException(Kind.FORBIDDEN_ADDRESS, call, what, advice);
    }

    /** The same for a request that avoids the proxy. */
    static ApiException unreachableWithoutProxy(Kind kind, ApiCall<?> call, String reason) {
        String what = "but %s could not be reached directly: %s".formatted(call.address(), reason);
        String advice =
                "Over plain http caches are not asked through Jenkins' proxy, which would replace the Host header:"
                        + " allow a direct connection, or use https.";
        return new ApiException(kind, call, what, advice);
    }

    static ApiException proxyRefused(ApiCall<?> call, Optional<String> proxy, ProxyRefusedException refused) {
        String named = proxy.map(" "::concat).orElse("");
        String what = "but Jenkins' proxy%s refused %s: HTTP %s".formatted(named, call.address(), refused.status());
        Kind kind = refused.status() == 407 || refused.status() == 403 ? Kind.PROXY_REFUSED : Kind.PROXY_UNAVAILABLE;
        return new ApiException(kind, call, what, refused.advice());
    }

    /** @param agent the agent that was to send it, such as "agent linux-3" */
    public static ApiException unreachableFromAgent(ApiCall<?> call, String agent, String reason) {
        String what = "but %s could not be reached from %s: %s".formatted(call.address(), agent, reason);
        String advice = "Check the URL, and that the agent is connected and may connect to it.";
        return new ApiException(Kind.UNREACHABLE, call, what, advice);
    }

    /**
     * @param reason what is wrong with the certificate
     * @param route that the request took
     */
    public static ApiException untrusted(
            ApiCall<?> call, UntrustedCertificateException.Problem problem, String reason, Route route) {
        String what = "but the TLS certificate at %s cannot be trusted: %s".formatted(call.address(), reason);
        return new ApiException(Kind.UNTRUSTED, call, what, new CertificateAdvice(route).against(problem));
    }

    /** @param reason why no complete response arrived */
    public static ApiException noResponse(ApiCall<?> call, String reason) {
        String what = "but no complete response arrived from %s: %s".formatted(call.address(), reason);
        String advice = call.request().readOnly() ? "" : "It may have taken effect.";
        return new ApiException(Kind.NO_RESPONSE, call, what, advice);
    }

    static ApiException unreadable(ApiCall<?> call, ApiResponse answer, String mediaType, String why) {
        String what = "and answered HTTP %s with an unexpected body (%s): %s"
                .formatted(answer.status(), ErrorMessage.cut(mediaType), ErrorMessage.cut(why));
        String advice = "Check that %s is this service's API.".formatted(call.address());
        return new ApiException(
                Kind.UNREADABLE,
                call.service(),
                ErrorMessage.of(call, what).advise(advice),
                ErrorFacts.NONE.withStatus(answer.status()));
    }

    static ApiException errorResponse(
            ApiCall<?> call, ApiResponse answer, ServiceError error, Optional<Duration> retryAfter) {
        String what = "and answered HTTP %s%s%s"
                .formatted(
                        answer.status(),
                        error.code().map(code -> " " + ErrorMessage.cut(code)).orElse(""),
                        error.message().isBlank() ? "" : ": " + ErrorMessage.cut(error.message()));
        String advice = error.advice().orElseGet(() -> ErrorMessage.defaultAdvice(answer.status()));
        return new ApiException(
                error.kind(answer.status()),
                call.service(),
                ErrorMessage.of(call, what).advise(advice),
                new ErrorFacts(
                        answer.status(),
                        error.code().orElse(null),
                        error.message(),
                        retryAfter.orElse(null),
                        error.tokenRefused() || answer.status() == 401));
    }

    /**
     * Failure of an operation whose service reports that it failed.
     *
     * @param asked the request, such as "purge /index.html"
     * @param state how it ended, such as "ended as FAILED"
     * @param advice whole sentences
     */
    public static ApiException failed(String service, String asked, String state, String advice) {
        String message = ErrorMessage.of(service, asked, "and " + state).advise(advice);
        return new ApiException(Kind.FAILED, service, message, ErrorFacts.NONE.withServiceMessage(state));
    }

    /** The same of something that a request needs, which was not sent: asking again later may help. */
    public static ApiException unavailable(String service, String asked, String state, String advice) {
        String message = ErrorMessage.of(service, asked, "and " + state).advise(advice);
        return new ApiException(Kind.UNAVAILABLE, service, message, ErrorFacts.NONE.withServiceMessage(state));
    }

    /**
     * Failure of an operation that did not end before its deadline.
     *
     * @param operation description of the operation
     * @param lastKnown the last known state, as a sentence without its full stop
     */
    public static ApiException timedOut(String service, String operation, Duration timeout, String lastKnown) {
        String message = "%s was not over after %s s (timeout). Last known: %s."
                .formatted(operation, timeout.toSeconds(), lastKnown);
        return new ApiException(Kind.TIMED_OUT, service, message, ErrorFacts.NONE);
    }

    /**
     * Failure of a request that is not sent, since the service has refused others for now.
     *
     * @param closedFor how long the service asks to send no requests
     */
    public static ApiException closed(ApiCall<?> call, Duration closedFor) {
        return new ApiException(
                Kind.RATE_LIMITED,
                call.service(),
                "%s was not asked to %s: its response to another request asks for a pause of %d s, which is longer than the time left. Try again later, or ask the service for a higher limit."
                        .formatted(call.service(), call.purpose(), closedFor.toSeconds()),
                new ErrorFacts(0, null, "", closedFor, false));
    }

    /** The same problem of a service that asks for a pause which ends after the timeout. */
    public ApiException laterThanTimeout() {
        return withMessage(
                "%s It asks to retry after %d s, which is later than the timeout. Try again later, or raise timeout."
                        .formatted(getMessage(), facts.retryAfter().toSeconds()));
    }

    /** The same problem with another line for people. */
    public ApiException withMessage(String line) {
        return new ApiException(kind, service, line, facts);
    }

    /** How the request ended. */
    public Kind kind() {
        return kind;
    }

    /** The service's name, such as "Scaleway Edge Services". */
    public String service() {
        return service;
    }

    /** The HTTP status of the service's response; empty if none arrived. */
    public OptionalInt status() {
        return facts.status() == 0 ? OptionalInt.empty() : OptionalInt.of(facts.status());
    }

    /** The service's own code, such as {@code too_many_requests}. */
    public Optional<String> code() {
        return Optional.ofNullable(facts.code());
    }

    /** The service's own explanation, without secrets and control characters; may be empty. */
    public String serviceMessage() {
        return facts.serviceMessage();
    }

    /** True if the service refused what authenticated the request, so that nothing was done and a new access token may help. */
    public boolean isTokenRefused() {
        return facts.tokenRefused();
    }

    /** Time that the service asks to wait before the request is sent again. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(facts.retryAfter());
    }
}
