package io.jenkins.plugins.cachepurge.client.gcore;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ErrorReader;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reader of Gcore's errors: {@code errors} by field or a {@code message}, as in Gcore's Go client for the CDN; or a
 * {@code detail}.
 *
 * @param refill how long to wait after a 429 that does not state it
 * @see <a href="https://github.com/G-Core/gcorelabscdn-go/blob/master/gcore/errors.go">the errors, in Gcore's Go
 *     client</a>
 */
record GcoreErrorReader(Duration refill) implements ErrorReader {

    @Override
    public ServiceError read(ApiResponse answer, JsonNode json) {
        String message = Stream.of("message", "errors", "detail")
                .map(json::path)
                .filter(node -> !node.isMissingNode() && !node.isNull())
                .map(node -> node.isValueNode() ? node.asText() : node.toString())
                .collect(Collectors.joining("; "));
        ServiceError error = ServiceError.of(message);
        return switch (answer.status()) {
            case 400 -> error.withAdvice("Check paths, urls or prefixes, and whether a quota is used up.");
            case 401, 403 ->
                error.withAdvice("Check that credentialsId holds a permanent API token that may change the CDN.");
            case 404 -> error.withAdvice("Check resourceId.");
            case 429 ->
                error.withAdvice(
                                "Gcore allows a resource two purges of 100 paths, one of 10 prefixes and one of everything a minute: "
                                        + "raise timeout.")
                        .withRetryAfter(Optional.of(refill));
            default -> error;
        };
    }
}
