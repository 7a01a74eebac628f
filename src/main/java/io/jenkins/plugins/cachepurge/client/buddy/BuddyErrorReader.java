package io.jenkins.plugins.cachepurge.client.buddy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ErrorReader;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Reader of Buddy's errors: {@code {"errors":[{"message":"…"}]}}; some items are plain strings.
 *
 * @param scope the scope that the request needs
 */
record BuddyErrorReader(String scope) implements ErrorReader {

    @Override
    public ServiceError read(ApiResponse answer, JsonNode json) {
        String message = StreamSupport.stream(json.path("errors").spliterator(), false)
                .map(item -> item.isTextual() ? item : item.path("message"))
                .map(JsonNode::asText)
                .collect(Collectors.joining("; "));
        ServiceError error = ServiceError.of(message).withRetryAfter(resetOf(answer));
        return advice(answer.status(), message.toLowerCase(Locale.ROOT))
                .map(error::withAdvice)
                .orElse(error);
    }

    private Optional<String> advice(int status, String message) {
        if (message.contains("api is disabled")) {
            return Optional.of("An owner of the workspace can switch the API on in its settings.");
        }
        return switch (status) {
            case 401 -> Optional.of("Check that the token behind credentialsId is valid and has not expired.");
            case 403 -> Optional.of("Check that the token has the scope %s and may see the project.".formatted(scope));
            case 404 -> Optional.of("Check workspace, project and ids, and that the token may see them.");
            default -> Optional.empty();
        };
    }

    /** Seconds since 1970, as in Buddy's Go client. */
    private static Optional<Duration> resetOf(ApiResponse answer) {
        if (answer.status() != 429) {
            return Optional.empty();
        }
        return answer.longHeader("X-Rate-Limit-Reset")
                .filter(seconds -> seconds >= 0 && seconds < Instant.MAX.getEpochSecond())
                .map(Instant::ofEpochSecond)
                .map(reset -> Duration.between(answer.serverTime(), reset));
    }
}
