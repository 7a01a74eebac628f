package io.jenkins.plugins.cachepurge.client.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ErrorReader;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import java.util.Optional;

/**
 * Errors of Azure Resource Manager: {@code {"error":{"code":"AuthorizationFailed","message":"…"}}}.
 *
 * @param request what was refused
 */
record AzureErrorReader(Request request) implements ErrorReader {

    /** Kind of a request, which needs a permission of its own. */
    enum Request {
        PURGE,
        POLL,
        SHOW
    }

    private static final int CONFLICT = 409;

    @Override
    public ServiceError read(ApiResponse answer, JsonNode json) {
        JsonNode error = json.path("error");
        String code = error.path("code").asText("");
        String message = error.path("message").asText("");
        ServiceError said = code.isEmpty() ? ServiceError.of(message) : ServiceError.of(code, message);
        ServiceError advised = advice(answer.status()).map(said::withAdvice).orElse(said);
        return answer.status() == CONFLICT && !code.isEmpty() ? advised.asBusy() : advised;
    }

    private Optional<String> advice(int status) {
        return Optional.ofNullable(
                switch (status) {
                    case 400 -> "Check what is to be purged, and domains.";
                    case 401 -> "Check that tenantId is that of the subscription.";
                    case 403 -> onForbidden();
                    case 404 ->
                        request == Request.POLL
                                ? "The purge was started; Azure does not know how it is any more."
                                : "Check subscriptionId, resourceGroup, profile and endpoint.";
                    case CONFLICT -> "Another operation of the endpoint is under way.";
                    case 429 -> "Azure limits the requests of a subscription: try again later.";
                    default -> null;
                });
    }

    private String onForbidden() {
        return switch (request) {
            case PURGE ->
                "Give the application a role with the permission Microsoft.Cdn/profiles/afdendpoints/purge/action on the endpoint.";
            case POLL ->
                "The purge was started, but its end cannot be watched: give the application the role Reader on the resource group, or set wait: false.";
            case SHOW ->
                "Give the application a role with the permission Microsoft.Cdn/profiles/afdendpoints/read on the endpoint.";
        };
    }
}
