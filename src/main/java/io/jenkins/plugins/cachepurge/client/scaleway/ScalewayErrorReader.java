package io.jenkins.plugins.cachepurge.client.scaleway;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ErrorReader;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Scaleway's errors: a {@code type} and fields that depend on it.
 *
 * @see <a href="https://github.com/scaleway/scaleway-sdk-go/blob/master/scw/errors.go">the types, in Scaleway's Go client</a>
 */
record ScalewayErrorReader() implements ErrorReader {

    @Override
    public ServiceError read(ApiResponse answer, JsonNode json) {
        String type = json.path("type").asText("");
        String message = message(json);
        ServiceError said = type.isEmpty() ? ServiceError.of(message) : ServiceError.of(type, message);
        ServiceError error = said.withRetryAfter(resetOf(json));
        return advice(answer.status(), type).map(error::withAdvice).orElse(error);
    }

    private static String message(JsonNode json) {
        String details = StreamSupport.stream(json.path("details").spliterator(), false)
                .map(ScalewayErrorReader::detail)
                .collect(Collectors.joining("; "));
        return Stream.of(
                        json.path("message").asText(""),
                        json.path("help_message").asText(""),
                        details,
                        words(json, "resource", "resource_id", "current_state"),
                        words(json, "precondition"),
                        words(json, "method", "reason"))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("; "));
    }

    private static String detail(JsonNode detail) {
        return words(detail, "argument_name", "reason", "help_message", "resource", "action", "quota", "current");
    }

    private static String words(JsonNode json, String... fields) {
        return Stream.of(fields)
                .map(field -> json.path(field).asText(""))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining(" "));
    }

    private static Optional<Duration> resetOf(JsonNode json) {
        JsonNode seconds = json.path("reset_seconds");
        return seconds.isNumber() ? Optional.of(Duration.ofSeconds(seconds.asLong())) : Optional.empty();
    }

    private static Optional<String> advice(int status, String type) {
        return switch (type) {
            case "denied_authentication" ->
                Optional.of(
                        "Check that credentialsId holds the secret key (a UUID) of an API key that has not expired.");
            case "permissions_denied" ->
                Optional.of(
                        "Give the API key's owner the permission set EdgeServicesFullAccess in the pipeline's project.");
            case "quotas_exceeded" -> Optional.of("Ask Scaleway for a higher quota.");
            case "not_found" -> Optional.of("Check pipelineId, and that the API key may see its project.");
            case "invalid_arguments" -> Optional.of("Check pipelineId, paths and pathsPerRequest.");
            case "transient_state", "locked" -> Optional.of("Try again when the pipeline is ready.");
            default -> status == 401 ? advice(0, "denied_authentication") : Optional.empty();
        };
    }
}
