package io.jenkins.plugins.cachepurge.client.keycdn;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ErrorReader;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** KeyCDN's errors: {@code {"status":"error","description":"…"}}, some of them with HTTP 200. */
record KeyCdnErrorReader() implements ErrorReader {

    @Override
    public ServiceError read(ApiResponse answer, JsonNode json) {
        String message = Stream.of("description", "error_message")
                .map(field -> json.path(field).asText(""))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("; "));
        ServiceError error = ServiceError.of(message);
        return advice(answer.status()).map(error::withAdvice).orElse(error);
    }

    private static Optional<String> advice(int status) {
        return switch (status) {
            case 200, 400 -> Optional.of("Check zoneId and what is to be purged.");
            case 401, 403 -> Optional.of("Check that credentialsId holds the account's API key.");
            case 404 -> Optional.of("Check zoneId: a number, in KeyCDN's list of zones.");
            case 413 -> Optional.of("KeyCDN takes 64 KB in a request: name shorter or fewer URLs.");
            case 429 ->
                Optional.of("KeyCDN limits the calls of a minute: try again later, or purge by fewer requests.");
            default -> Optional.empty();
        };
    }
}
