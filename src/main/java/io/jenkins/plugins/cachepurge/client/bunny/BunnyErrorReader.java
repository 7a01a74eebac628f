package io.jenkins.plugins.cachepurge.client.bunny;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ErrorReader;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** bunny.net's errors: {@code ErrorKey}, {@code Field} and {@code Message}, or nothing but a status. */
record BunnyErrorReader() implements ErrorReader {

    @Override
    public ServiceError read(ApiResponse answer, JsonNode json) {
        String message = Stream.of("Field", "Message")
                .map(name -> json.path(name).asText(""))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining(": "));
        String key = json.path("ErrorKey").asText("");
        ServiceError error = key.isBlank() ? ServiceError.of(message) : ServiceError.of(key, message);
        return advice(answer.status()).map(error::withAdvice).orElse(error);
    }

    private static Optional<String> advice(int status) {
        return switch (status) {
            case 401 ->
                Optional.of("Check that credentialsId holds the account's API key, not a storage zone's password.");
            case 404 -> Optional.of("Check pullZoneId.");
            default -> Optional.empty();
        };
    }
}
