package io.jenkins.plugins.cachepurge.client.akamai;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ErrorReader;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Akamai's errors: {@code title}, {@code detail} and {@code supportId}, from the purge API or from the gateway before it.
 *
 * @see <a href="https://techdocs.akamai.com/purge-cache/reference/rate-limit-response-examples">refusals for now</a>
 */
record AkamaiErrorReader() implements ErrorReader {

    /** Akamai's advice after a refusal for now. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final int INSUFFICIENT_STORAGE = 507;
    private static final int TOO_MANY_REQUESTS = 429;

    @Override
    public ServiceError read(ApiResponse answer, JsonNode json) {
        ServiceError error = ServiceError.of(message(json));
        Optional<String> advice = advice(answer, json);
        ServiceError advised = advice.map(error::withAdvice).orElse(error);
        return switch (answer.status()) {
            case TOO_MANY_REQUESTS -> advised.withRetryAfter(Optional.of(pause(answer, json)));
            case INSUFFICIENT_STORAGE ->
                advised.withRetryAfter(Optional.of(PAUSE)).asRateLimit();
            default -> advised;
        };
    }

    private static String message(JsonNode json) {
        String text = Stream.of("title", "detail")
                .map(field -> json.path(field).asText(""))
                .filter(word -> !word.isBlank())
                .distinct()
                .collect(Collectors.joining(": "));
        String supportId = json.path("supportId").asText("");
        return supportId.isBlank() ? text : "%s (supportId %s)".formatted(text, supportId);
    }

    /** How long until the bucket has enough tokens for the request that it refused. */
    private static Duration pause(ApiResponse answer, JsonNode json) {
        long objects = json.path("rateLimitCurrentRequestSize").asLong(1);
        return AkamaiRateLimit.pauseBefore(answer, objects).orElse(PAUSE);
    }

    private static Optional<String> advice(ApiResponse answer, JsonNode json) {
        String detail = json.path("detail").asText("");
        return switch (answer.status()) {
            case 400 ->
                detail.equalsIgnoreCase("Invalid timestamp")
                        ? Optional.of(clocks(answer))
                        : Optional.of("Check the credentials, and what is to be purged.");
            case 401 ->
                Optional.of(
                        "Check that credentialsId holds the four values of an API client that is active, all of the same client.");
            case 403 ->
                Optional.of(
                        "Give the API client the API service \"CCU APIs\" with READ-WRITE, and access to what is to be purged.");
            case 413 -> Optional.of("Akamai takes 50,000 bytes in a request: name shorter or fewer objects.");
            case TOO_MANY_REQUESTS, INSUFFICIENT_STORAGE ->
                Optional.of("Akamai limits the purges of an account: try again later, or purge by tags or CP codes.");
            default -> Optional.empty();
        };
    }

    /** Akamai takes no signature that is more than 30 s older or newer than its own clock. */
    private static String clocks(ApiResponse answer) {
        return "Jenkins' clock says %s and Akamai's %s: set the clock of the controller."
                .formatted(answer.receivedAt().truncatedTo(ChronoUnit.SECONDS), answer.serverTime());
    }
}
