package io.jenkins.plugins.cachepurge.client.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ErrorReader;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reader of Cloudflare's errors: {@code {"success":false,"errors":[{"code":…,"message":"…","error_chain":[…]}]}}, with
 * HTTP 200, too.
 *
 * @param permission the permission that the request needs
 */
record CloudflareErrorReader(String permission) implements ErrorReader {

    private static final String RATE_LIMIT = "1134";

    @Override
    public ServiceError read(ApiResponse answer, JsonNode json) {
        String code = json.path("errors").path(0).path("code").asText("");
        String message = messages(json.path("errors"))
                .filter(text -> !text.isBlank())
                .distinct()
                .collect(Collectors.joining("; "));
        ServiceError error = code.isEmpty() ? ServiceError.of(message) : ServiceError.of(code, message);
        if (code.equals(RATE_LIMIT)) {
            error = error.asRateLimit();
        }
        return advice(answer.status(), code, message.toLowerCase(Locale.ROOT))
                .map(error::withAdvice)
                .orElse(error);
    }

    private static Stream<String> messages(JsonNode errors) {
        return StreamSupport.stream(errors.spliterator(), false)
                .flatMap(error ->
                        Stream.concat(Stream.of(error.path("message").asText("")), chained(error.path("error_chain"))));
    }

    private static Stream<String> chained(JsonNode chain) {
        return StreamSupport.stream(chain.spliterator(), false)
                .map(link -> link.path("message").asText(""));
    }

    private Optional<String> advice(int status, String code, String message) {
        return switch (code) {
            case RATE_LIMIT ->
                Optional.of(
                        "Cloudflare's limits depend on the zone's plan: try again later, or purge by fewer requests.");
            case "6003", "10000" -> Optional.of(token());
            case "7003" -> Optional.of(zone());
            default -> message.contains("enterprise") ? Optional.of(plan()) : advice(status);
        };
    }

    private Optional<String> advice(int status) {
        return switch (status) {
            case 401, 403 -> Optional.of(token());
            case 404 -> Optional.of(zone());
            default -> Optional.empty();
        };
    }

    private String token() {
        return "Check that credentialsId holds an API token (not the Global API Key) that has not expired, with the permission %s for this zone."
                .formatted(permission);
    }

    private static String zone() {
        return "Check zoneId, 32 hexadecimal digits on the zone's overview page, and that the token may see the zone.";
    }

    private static String plan() {
        return "Purge by something that the zone's plan allows: urls or all: true.";
    }
}
