package io.jenkins.plugins.cachepurge.client.fastly;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ErrorReader;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reader of Fastly's errors: {@code msg} and {@code detail} from the API, {@code reason} from the caches.
 *
 * @param scope the scope that the request needs
 * @see <a href="https://www.fastly.com/documentation/reference/api/#rate-limiting">Fastly: rate limiting</a>
 */
record FastlyErrorReader(String scope) implements ErrorReader {

    @Override
    public ServiceError read(ApiResponse answer, JsonNode json) {
        String message = Stream.of("msg", "detail", "reason")
                .map(field -> json.path(field).asText(""))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("; "));
        ServiceError error = ServiceError.of(message).withRetryAfter(resetOf(answer));
        return advice(answer.status()).map(error::withAdvice).orElse(error);
    }

    private Optional<String> advice(int status) {
        return switch (status) {
            case 400 -> Optional.of("Check serviceId and what is to be purged.");
            case 401 -> Optional.of("Check that the token behind credentialsId is valid and has not expired.");
            case 403 -> Optional.of("Check that the token has the scope %s and may use the service.".formatted(scope));
            case 404 -> Optional.of("Check serviceId, and that the token may use the service.");
            case 429 ->
                Optional.of("Fastly limits the calls of an hour: try again later, or ask Fastly for a higher limit.");
            default -> Optional.empty();
        };
    }

    /** When the hour is over, in seconds since 1970. */
    private static Optional<Duration> resetOf(ApiResponse answer) {
        if (answer.status() != 429) {
            return Optional.empty();
        }
        return answer.longHeader("Fastly-RateLimit-Reset")
                .filter(seconds -> seconds >= 0 && seconds < Instant.MAX.getEpochSecond())
                .map(Instant::ofEpochSecond)
                .map(reset -> Duration.between(answer.serverTime(), reset));
    }
}
