package io.jenkins.plugins.cachepurge.client.gotipath;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.NoContent;
import io.jenkins.plugins.cachepurge.client.http.ResponseReader;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import io.jenkins.plugins.cachepurge.input.ValueText;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Client for Gotipath's CDN API. Purges are accepted without an id, so their end cannot be polled.
 *
 * @param api {@code https://apistream.gotipath.com}
 * @see <a href="https://docs.gotipath.com/api-4253967">Gotipath: purge</a>
 */
public record GotipathClient(ApiUrl api) implements Serializable {

    public static final String SERVICE = "Gotipath CDN";

    public static final List<ApiUrl> VENDOR_URLS = List.of(ApiUrl.of("https://apistream.gotipath.com"));

    /** The only type the documentation shows. */
    public static final String TYPE_ALL = "all";

    private record Purge(String type, List<String> paths) {}

    /** The three headers, and the bearer token that the documentation lists beside them. */
    public static Signer authentication(
            String clientId, String libraryId, String apiKey, Optional<String> bearerToken) {
        if (clientId == null || clientId.isBlank() || libraryId == null || libraryId.isBlank()) {
            throw new IllegalArgumentException("the client id or the library id is empty");
        }
        Signer headers = Signer.header("X-Auth-ClientId", clientId)
                .and(Signer.header("X-Auth-LibraryId", libraryId))
                .and(Signer.header("X-Auth-ApiKey", apiKey));
        return bearerToken.map(Signer::bearer).map(headers::and).orElse(headers);
    }

    /**
     * Reads a distribution.
     *
     * @see <a href="https://docs.gotipath.com/api-4253937">Gotipath: distribution</a>
     */
    public ApiCall<NoContent> distribution(String distributionId) {
        ResponseReader<NoContent> reader = (json, answer) -> {
            object(json);
            return new NoContent();
        };
        return new ApiCall<>(
                SERVICE,
                "show distribution " + distributionId,
                ApiRequest.get(api.resolve("v1", "distributions", distributionId)),
                reader,
                GotipathClient::error,
                Idempotency.IDEMPOTENT);
    }

    /** Purges everything of a distribution. */
    public ApiCall<NoContent> purgeAll(String distributionId) {
        return purge(distributionId, "everything", new Purge(TYPE_ALL, List.of()));
    }

    /**
     * Purges some paths of a distribution.
     *
     * @param type the service's value for paths; its documentation shows only {@code all}
     * @param paths at least one, since an empty list selects everything
     */
    public ApiCall<NoContent> purge(String distributionId, String type, List<String> paths) {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("no path would mean everything");
        }
        String what = ValueText.of(paths, "path");
        return purge(distributionId, what, new Purge(type, paths));
    }

    /** A repeat purges the same again, which only costs the service work. */
    private ApiCall<NoContent> purge(String distributionId, String what, Purge body) {
        return new ApiCall<>(
                SERVICE,
                "purge %s of distribution %s".formatted(what, distributionId),
                ApiRequest.post(api.resolve("v1", "distributions", distributionId, "purges"), body),
                GotipathClient::accepted,
                GotipathClient::error,
                Idempotency.IDEMPOTENT);
    }

    private static NoContent accepted(JsonNode json, ApiResponse answer) throws UnreadableResponseException {
        object(json);
        return new NoContent();
    }

    private static void object(JsonNode json) throws UnreadableResponseException {
        if (!json.isObject()) {
            throw new UnreadableResponseException(json.isMissingNode() ? "empty" : "not a JSON object");
        }
    }

    private static ServiceError error(ApiResponse answer, JsonNode json) {
        String message = Stream.of("message", "error", "errors", "detail")
                .map(json::path)
                .filter(node -> !node.isMissingNode() && !node.isNull())
                .map(node -> node.isValueNode() ? node.asText() : node.toString())
                .collect(Collectors.joining("; "));
        ServiceError error = ServiceError.of(message);
        return switch (answer.status()) {
            case 401, 403 -> error.withAdvice("Check the client id, library id and API key behind credentialsId.");
            case 404 -> error.withAdvice("Check distributionId.");
            case 400, 422 -> error.withAdvice("Check distributionId, type and paths.");
            default -> error;
        };
    }
}
