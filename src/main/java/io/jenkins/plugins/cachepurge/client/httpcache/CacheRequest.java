package io.jenkins.plugins.cachepurge.client.httpcache;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.BodyFormat;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.client.http.ResponseReader;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One request to a cache.
 *
 * <p>A cache without support for the request forwards it, and the response of the application may be {@code 200}. So
 * only a response that no application sends is a success; it differs by cache.
 *
 * @param service the cache's name
 * @param method {@code PURGE} or {@code BAN}
 * @param suffix appended to the path
 * @param headers beside {@code Host}
 * @param known reads the responses of the cache itself
 * @param forbidden advice if it forbids purging
 * @param refused advice if it responds with 404, 405 or 501 and a page of its own; empty for other responses
 * @param unknown advice after 404, 405 or 501 that is not from the cache itself
 */
record CacheRequest(
        String service,
        String method,
        String suffix,
        Map<String, String> headers,
        Function<ApiResponse, Optional<PurgeOutcome>> known,
        String forbidden,
        Function<ApiResponse, Optional<String>> refused,
        String unknown) {

    static final QuotaSpec QUOTA = QuotaSpec.concurrent(8);

    static final String PASSED_ON =
            "It may have forwarded the request to the application: check the cache's configuration and host.";

    ApiCall<PurgeOutcome> call(ApiUrl cache, PurgeScope pages) {
        Map<String, String> all = new HashMap<>(pages.hostHeader());
        all.put("Accept", "*/*");
        all.putAll(headers);
        return new ApiCall<>(
                service,
                "purge %s at %s".formatted(pages, cache),
                new ApiRequest(method, pages.at(cache, suffix), all, Optional.empty()).asDirect(),
                new ResponseClassifier(known),
                this::error,
                Idempotency.IDEMPOTENT,
                QUOTA);
    }

    /** A gateway in front of a cache may explain itself in JSON. */
    private ServiceError error(ApiResponse answer, JsonNode json) {
        ServiceError error = ServiceError.of(json.path("message").asText(answer.reason()));
        return switch (answer.status()) {
            case 401 -> error.withAdvice("This server requires valid credentials: set credentialsId, or check it.");
            case 403 -> error.withAdvice(forbidden);
            case 404, 405, 501 -> error.withAdvice(refused.apply(answer).orElse(unknown));
            default -> error;
        };
    }

    private record ResponseClassifier(Function<ApiResponse, Optional<PurgeOutcome>> known)
            implements ResponseReader<PurgeOutcome> {

        @Override
        public boolean accepts(ApiResponse answer) {
            return answer.isSuccessful() || known.apply(answer).isPresent();
        }

        @Override
        public BodyFormat format() {
            return BodyFormat.TEXT;
        }

        @Override
        public PurgeOutcome read(JsonNode none, ApiResponse answer) throws UnreadableResponseException {
            return known.apply(answer)
                    .orElseThrow(
                            () -> new UnreadableResponseException(
                                    "this is not how the cache confirms a purge; it may have forwarded the request to the application"));
        }
    }
}
