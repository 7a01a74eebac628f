package io.jenkins.plugins.cachepurge.client.caches;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.Answer;
import io.jenkins.plugins.cachepurge.client.http.AnswerReader;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Repeat;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import io.jenkins.plugins.cachepurge.client.http.UnreadableAnswerException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One request to a cache.
 *
 * <p>A cache that does not know the request passes it on like any other, and the application behind it may well answer
 * {@code 200}. So only an answer that no application gives is a success; which one that is differs by cache.
 *
 * @param service the cache's name
 * @param method {@code PURGE} or {@code BAN}
 * @param suffix what is added to the path
 * @param headers beside {@code Host}
 * @param known reads the answers that the cache gives itself
 * @param forbidden what to do where it forbids purging
 * @param unknown what to do where it answers 404, 405 or 501, but not in a way of its own
 */
record Exchange(
        String service,
        String method,
        String suffix,
        Map<String, String> headers,
        Function<Answer, Optional<Verdict>> known,
        String forbidden,
        String unknown) {

    static final String PASSED_ON =
            "It may have passed the request on to the application: check the cache's configuration, and host.";

    ApiCall<Verdict> call(ApiUrl cache, CachedPages pages) {
        Map<String, String> all = new HashMap<>(pages.hostHeader());
        all.put("Accept", "*/*");
        all.putAll(headers);
        return new ApiCall<>(
                service,
                "purge %s at %s".formatted(pages, cache),
                new ApiRequest(method, pages.at(cache, suffix), all, Optional.empty()),
                new Reader(known),
                this::error,
                Repeat.HARMLESS);
    }

    /** A gateway in front of a cache may explain itself in JSON. */
    private ServiceError error(Answer answer, JsonNode json) {
        ServiceError error = ServiceError.of(json.path("message").asText(answer.reason()));
        return switch (answer.status()) {
            case 401 -> error.withAdvice("Check the user name and password behind credentialsId.");
            case 403 -> error.withAdvice(forbidden);
            case 404, 405, 501 -> error.withAdvice(unknown);
            default -> error;
        };
    }

    private record Reader(Function<Answer, Optional<Verdict>> known) implements AnswerReader<Verdict> {

        @Override
        public boolean reads(Answer answer) {
            return answer.successful() || known.apply(answer).isPresent();
        }

        @Override
        public boolean wantsJson() {
            return false;
        }

        @Override
        public Verdict read(JsonNode none, Answer answer) throws UnreadableAnswerException {
            return known.apply(answer)
                    .orElseThrow(
                            () -> new UnreadableAnswerException(
                                    "no cache says so when it has purged; it may have passed the request on to the application"));
        }
    }
}
