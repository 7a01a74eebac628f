package io.jenkins.plugins.cachepurge.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * One exchange with a service: its request, the readers of its response, and whether it may be repeated.
 *
 * @param service the service's name, such as "Buddy"
 * @param purpose the effect of the request, such as "clear the cache of pipeline 2"; goes into messages
 * @param request what is sent
 * @param reader reads a success
 * @param errors reads any other response
 * @param idempotency whether it may be sent again if no response came
 * @param quota limits of the service
 * @param <T> type of the result
 */
public record ApiCall<T>(
        String service,
        String purpose,
        ApiRequest request,
        ResponseReader<T> reader,
        ErrorReader errors,
        Idempotency idempotency,
        QuotaSpec quota) {

    /** Longer than any service requires; prevents an overflow of the clock by an absurd header. */
    private static final Duration MAX_RETRY_AFTER = Duration.ofDays(7);

    /** An exchange with a service that publishes no limits. */
    public ApiCall(
            String service,
            String purpose,
            ApiRequest request,
            ResponseReader<T> reader,
            ErrorReader errors,
            Idempotency idempotency) {
        this(service, purpose, request, reader, errors, idempotency, QuotaSpec.DEFAULT);
    }

    /** The same exchange with other limits of the service. */
    public ApiCall<T> withQuota(QuotaSpec quota) {
        return new ApiCall<>(service, purpose, request, reader, errors, idempotency, quota);
    }

    /** The same exchange, its response converted by a function. */
    public <U> ApiCall<U> map(Function<T, U> function) {
        return new ApiCall<>(service, purpose, request, reader.map(function), errors, idempotency, quota);
    }

    /** The same exchange at the server that the credentials name, if they do. */
    public ApiCall<T> at(Signer signer) {
        ApiRequest placed = signer.place(request);
        return placed == request ? this : withRequest(placed);
    }

    /** The same exchange with another request. */
    public ApiCall<T> withRequest(ApiRequest changed) {
        return new ApiCall<>(service, purpose, changed, reader, errors, idempotency, quota);
    }

    /** The same exchange with another description of its effect. */
    public ApiCall<T> withPurpose(String other) {
        return new ApiCall<>(service, other, request, reader, errors, idempotency, quota);
    }

    /** Method and URL without the query, for messages. */
    String address() {
        String url = request.url().newBuilder().query(null).build().toString();
        return request.isLookup() ? url : request.method() + " " + url;
    }

    /** @param secrets removes those that the request carried */
    public Outcome<T> read(ApiResponse answer, Redactor secrets) {
        try {
            if (!reader.accepts(answer)) {
                return new Outcome.Failure<>(refusal(answer, secrets));
            }
            if (answer.truncated() && !reader.bodyOptions().anyLength()) {
                throw new UnreadableResponseException("longer than %s bytes".formatted(HttpLimits.MAX_BODY_BYTES));
            }
            ApiResponse readable = answer.withoutSecrets(secrets);
            return new Outcome.Success<>(
                    reader.read(body(answer, secrets), readable), reader.level(answer), reader.pause(answer));
        } catch (ErrorInBodyException e) {
            return new Outcome.Failure<>(refusal(answer, secrets));
        } catch (UnreadableResponseException e) {
            return unreadable(answer, secrets, e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            return unreadable(answer, secrets, defect(e));
        }
    }

    private JsonNode body(ApiResponse answer, Redactor secrets) throws UnreadableResponseException {
        return secrets.redact(reader.format().parse(answer.body()));
    }

    private Outcome<T> unreadable(ApiResponse answer, Redactor secrets, String why) {
        return new Outcome.Failure<>(ApiException.unreadable(this, answer, secrets.redact(answer.mediaType()), why));
    }

    /** Readers may belong to another plugin; their exceptions must not reach OkHttp. */
    private static String defect(Throwable e) {
        return "the plugin failed to read it (%s)".formatted(e.getClass().getSimpleName());
    }

    private ApiException refusal(ApiResponse answer, Redactor secrets) {
        ServiceError error = errorOf(answer, secrets);
        Optional<Duration> hint = retryAfter(answer).or(error::retryAfter).map(ApiCall::sensible);
        return ApiException.errorResponse(this, answer, error, hint);
    }

    private ServiceError errorOf(ApiResponse answer, Redactor secrets) {
        try {
            return errors.read(answer, secrets.redact(BodyFormat.parseAny(answer.body())))
                    .redacted(secrets);
        } catch (RuntimeException | StackOverflowError e) {
            return ServiceError.of(defect(e));
        }
    }

    /** Seconds, or a date by the service's clock (RFC 9110, 10.2.3). */
    private static Optional<Duration> retryAfter(ApiResponse answer) {
        Optional<Duration> seconds = answer.longHeader("Retry-After").map(Duration::ofSeconds);
        return seconds.or(() -> answer.dateHeader("Retry-After").map(date -> until(date, answer)));
    }

    private static Duration until(Instant date, ApiResponse answer) {
        return Duration.between(answer.serverTime(), date);
    }

    private static Duration sensible(Duration hint) {
        if (hint.isNegative()) {
            return Duration.ZERO;
        }
        return hint.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : hint;
    }
}
