package io.jenkins.plugins.cachepurge.client.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ErrorReader;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Errors of Microsoft Entra ID: {@code error}, and an {@code error_description} that begins with a code such as AADSTS7000215.
 *
 * @see <a href="https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes">Microsoft: error codes</a>
 */
record AzureTokenErrorReader() implements ErrorReader {

    private static final Pattern CODE = Pattern.compile("AADSTS[0-9]+");

    @Override
    public ServiceError read(ApiResponse answer, JsonNode json) {
        String description = json.path("error_description").asText("");
        Matcher code = CODE.matcher(description);
        String known = code.find() ? code.group() : "";
        ServiceError error = known.isEmpty()
                ? ServiceError.of(description)
                : ServiceError.of(json.path("error").asText(known), description);
        return advice(answer, known).map(error::withAdvice).orElse(error);
    }

    private static Optional<String> advice(ApiResponse answer, String code) {
        return Optional.ofNullable(
                switch (code) {
                    case "AADSTS7000215" ->
                        "Check that credentialsId holds the value of a client secret, not its ID, as password.";
                    case "AADSTS7000222" -> "The client secret has expired: create a new one.";
                    case "AADSTS700016" -> "Check the client id, and that tenantId is that of the application.";
                    case "AADSTS90002", "AADSTS900023" -> "Check tenantId.";
                    case "AADSTS70021",
                            "AADSTS700211",
                            "AADSTS700212",
                            "AADSTS700213",
                            "AADSTS700021",
                            "AADSTS700023" ->
                        "Add a federated credential to the application, with the issuer, subject and audience of the id token.";
                    case "AADSTS700024" ->
                        "Jenkins' clock says %s and Microsoft's %s: check both, and the lifetime of the id token."
                                .formatted(answer.receivedAt().truncatedTo(ChronoUnit.SECONDS), answer.serverTime());
                    default -> null;
                });
    }
}
