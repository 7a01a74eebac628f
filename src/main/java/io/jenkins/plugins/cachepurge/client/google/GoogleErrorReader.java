package io.jenkins.plugins.cachepurge.client.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ErrorReader;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import java.util.Optional;
import java.util.Set;

/**
 * Errors of Google's APIs: {@code {"error":{"code":403,"message":"…","status":"…","errors":[{"reason":"…"}]}}}.
 *
 * @param permission what the request needs
 * @see <a href="https://cloud.google.com/apis/design/errors">Google: errors</a>
 */
record GoogleErrorReader(String permission) implements ErrorReader {

    private static final Set<String> RATE_LIMITS =
            Set.of("rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "RATE_LIMIT_EXCEEDED");

    @Override
    public ServiceError read(ApiResponse answer, JsonNode json) {
        JsonNode error = json.path("error");
        String reason = error.path("errors")
                .path(0)
                .path("reason")
                .asText(error.path("status").asText(""));
        String message = error.path("message").asText("");
        ServiceError said = reason.isEmpty() ? ServiceError.of(message) : ServiceError.of(reason, message);
        if (answer.status() == 403 && RATE_LIMITS.contains(reason)) {
            return said.withAdvice(
                            "Google limits the purges of a minute: try again later, or purge by prefixes or tags.")
                    .asRateLimit();
        }
        return advice(answer.status()).map(said::withAdvice).orElse(said);
    }

    private Optional<String> advice(int status) {
        return switch (status) {
            case 400 -> Optional.of("Check what is to be purged.");
            case 401 -> Optional.of("Check that the service account is enabled, and that its key was not deleted.");
            case 403 -> Optional.of("Give the service account a role with the permission %s.".formatted(permission));
            case 404 -> Optional.of("Check project and urlMap: a global URL map, by its name.");
            case 429 ->
                Optional.of("Google limits the purges of a minute: try again later, or purge by prefixes or tags.");
            default -> Optional.empty();
        };
    }
}
