package io.jenkins.plugins.cachepurge.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * One exchange: what is asked of whom, how the answer is read, and whether it may be repeated.
 *
 * @param service the service's name, as "Buddy"
 * @param purpose what it is asked to do, as "clear the cache of pipeline 2"; goes into messages
 * @param request what is sent
 * @param reader reads a success
 * @param errors reads anything else
 * @param repeat whether it may be made again when no answer came
 * @param <T> what a success says
 */
public record ApiCall<T>(
        String service, String purpose, ApiRequest request, AnswerReader<T> reader, ErrorReader errors, Repeat repeat) {

    /** A number no service means: keeps a nonsensical header from overflowing a clock. */
    private static final Duration LONGEST_HINT = Duration.ofDays(7);

    /** The same exchange, its success put into other words. */
    public <U> ApiCall<U> as(Function<T, U> words) {
        return new ApiCall<>(service, purpose, request, reader.as(words), errors, repeat);
    }

    /** Method and URL, for messages. The query holds no secret, but says little either. */
    String address() {
        return request.method() + " "
                + request.url().newBuilder().query(null).build().toString();
    }

    /** What an answer says, cleaned of the secrets that the request carried. */
    public Outcome<T> read(Answer answer, Authentication authentication) {
        Secrets secrets = authentication.secrets();
        try {
            if (!reader.reads(answer)) {
                return new Outcome.Failed<>(refusal(answer, secrets));
            }
            if (answer.cut()) {
                throw new UnreadableAnswerException("longer than %d bytes".formatted(HttpLimits.BODY_BYTES));
            }
            return new Outcome.Answered<>(reader.read(body(answer, secrets), answer));
        } catch (RefusedException e) {
            return new Outcome.Failed<>(refusal(answer, secrets));
        } catch (UnreadableAnswerException e) {
            return unreadable(answer, secrets, e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            return unreadable(answer, secrets, defect(e));
        }
    }

    private JsonNode body(Answer answer, Secrets secrets) throws UnreadableAnswerException {
        return reader.wantsJson() ? secrets.clean(Json.parse(answer.body())) : MissingNode.getInstance();
    }

    private Outcome<T> unreadable(Answer answer, Secrets secrets, String why) {
        return new Outcome.Failed<>(ApiException.unreadable(this, answer, secrets.clean(answer.mediaType()), why));
    }

    /** Readers may be of another plugin, and nobody would be told anything if one of them threw this at OkHttp. */
    private static String defect(Throwable e) {
        return "the plugin that reads it has a defect (%s)"
                .formatted(e.getClass().getSimpleName());
    }

    private ApiException refusal(Answer answer, Secrets secrets) {
        ServiceError error = errorOf(answer, secrets);
        Optional<Duration> hint = retryAfter(answer).or(error::retryAfter).map(ApiCall::sensible);
        return ApiException.answered(this, answer, error, hint);
    }

    private ServiceError errorOf(Answer answer, Secrets secrets) {
        try {
            return errors.read(answer, secrets.clean(errorBody(answer))).clean(secrets);
        } catch (RuntimeException | StackOverflowError e) {
            return ServiceError.of(defect(e));
        }
    }

    private static JsonNode errorBody(Answer answer) {
        try {
            return Json.parse(answer.body());
        } catch (UnreadableAnswerException e) {
            return MissingNode.getInstance();
        }
    }

    /** RFC 9110 allows seconds or a date; the date is by the service's clock. */
    private static Optional<Duration> retryAfter(Answer answer) {
        Optional<Duration> seconds = answer.number("Retry-After").map(Duration::ofSeconds);
        return seconds.or(() -> answer.instant("Retry-After").map(date -> until(date, answer)));
    }

    private static Duration until(Instant date, Answer answer) {
        return Duration.between(answer.servedAt(), date);
    }

    private static Duration sensible(Duration hint) {
        if (hint.isNegative()) {
            return Duration.ZERO;
        }
        return hint.compareTo(LONGEST_HINT) > 0 ? LONGEST_HINT : hint;
    }
}
