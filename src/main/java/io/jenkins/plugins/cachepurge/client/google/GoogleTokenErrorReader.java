package io.jenkins.plugins.cachepurge.client.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ErrorReader;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Errors of Google's token endpoints: {@code {"error":"invalid_grant","error_description":"…"}} (RFC 6749, 5.2).
 *
 * @param kind what was to be exchanged
 */
record GoogleTokenErrorReader(Kind kind) implements ErrorReader {

    /** What an access token is granted for. */
    enum Kind {
        KEY,
        FEDERATION
    }

    @Override
    public ServiceError read(ApiResponse answer, JsonNode json) {
        String code = json.path("error").asText("");
        String description = json.path("error_description").asText("");
        ServiceError error = code.isEmpty() ? ServiceError.of(description) : ServiceError.of(code, description);
        boolean refused = answer.status() == 400 || answer.status() == 401 || answer.status() == 403;
        Optional<String> advice = refused ? Optional.of(advice(answer, description)) : Optional.empty();
        return advice.map(error::withAdvice).orElse(error);
    }

    private String advice(ApiResponse answer, String description) {
        if (description.contains("reasonable timeframe")) {
            return "Jenkins' clock says %s and Google's %s: set the clock of the controller."
                    .formatted(answer.receivedAt().truncatedTo(ChronoUnit.SECONDS), answer.serverTime());
        }
        return switch (kind) {
            case KEY -> "Check that the service account is enabled, and that its key was not deleted.";
            case FEDERATION ->
                "Check workloadIdentityProvider, and that it accepts the issuer, audience and subject of the id token.";
        };
    }
}
