package io.jenkins.plugins.cachepurge.client.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.RemoteStatus;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import java.io.Serializable;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Long-running operation of Google's Compute API.
 *
 * @param name unique in the project
 * @param status {@code PENDING}, {@code RUNNING} or {@code DONE}
 * @param error why it failed; null unless it has
 */
public record GoogleOperation(String name, String status, String error) implements Serializable {

    static GoogleOperation read(JsonNode json, ApiResponse answer) throws UnreadableResponseException {
        JsonNode name = json.path("name");
        JsonNode status = json.path("status");
        if (!name.isTextual() || name.textValue().isBlank() || !status.isTextual()) {
            throw new UnreadableResponseException("it is not an operation with a name and a status");
        }
        return new GoogleOperation(
                name.textValue(), status.textValue(), error(json).orElse(null));
    }

    private static Optional<String> error(JsonNode json) {
        JsonNode errors = json.path("error").path("errors");
        if (!errors.isEmpty()) {
            return Optional.of(StreamSupport.stream(errors.spliterator(), false)
                    .map(GoogleOperation::errorText)
                    .collect(Collectors.joining("; ")));
        }
        int httpStatus = json.path("httpErrorStatusCode").asInt();
        return json.has("error") || httpStatus != 0
                ? Optional.of("HTTP %s %s"
                        .formatted(httpStatus, json.path("httpErrorMessage").asText(""))
                        .trim())
                : Optional.empty();
    }

    private static String errorText(JsonNode error) {
        return "%s %s"
                .formatted(
                        error.path("code").asText("unknown"),
                        error.path("message").asText(""))
                .trim();
    }

    /** Meaning of the status: one that has ended has not always succeeded. */
    public RemoteStatus remoteStatus() {
        return switch (status) {
            case "PENDING", "RUNNING" -> RemoteStatus.IN_PROGRESS;
            case "DONE" -> error == null ? RemoteStatus.SUCCEEDED : RemoteStatus.FAILED;
            default -> RemoteStatus.UNKNOWN;
        };
    }
}
