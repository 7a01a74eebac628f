package io.jenkins.plugins.cachepurge.client.feldera;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.Json;
import io.jenkins.plugins.cachepurge.client.http.NoContent;
import io.jenkins.plugins.cachepurge.client.http.ResponseReader;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Client for Feldera's pipeline manager, authenticated by {@code Authorization: Bearer apikey:…}, or not at all.
 *
 * @param api {@code https://try.feldera.com} or a self-hosted one
 * @param tenant the tenant of the pipelines; null for that of the credentials
 * @see <a href="https://docs.feldera.com/api/">Feldera API</a>
 */
public record FelderaClient(ApiUrl api, String tenant) implements Serializable {

    public static final String SERVICE = "Feldera";

    public static final List<ApiUrl> VENDOR_URLS = List.of(ApiUrl.of("https://try.feldera.com"));

    /**
     * Starts to clear the storage of a stopped pipeline; clearing cleared storage changes nothing. It cannot be cancelled.
     */
    public ApiCall<NoContent> clear(String pipeline) {
        return call(
                "clear the storage of pipeline " + pipeline,
                ApiRequest.post(pipelineUrl(pipeline).addPathSegment("clear").build()),
                FelderaClient::accepted);
    }

    /** Stops a pipeline without a checkpoint, since its storage is cleared next. */
    public ApiCall<NoContent> stop(String pipeline) {
        HttpUrl url = pipelineUrl(pipeline)
                .addPathSegment("stop")
                .addQueryParameter("force", "true")
                .build();
        return call("stop pipeline " + pipeline, ApiRequest.post(url), FelderaClient::accepted);
    }

    /** Reads a pipeline's status. */
    public ApiCall<FelderaPipelineResponse> status(String pipeline) {
        HttpUrl url =
                pipelineUrl(pipeline).addQueryParameter("selector", "status").build();
        ResponseReader<FelderaPipelineResponse> reader = (json, response) ->
                new FelderaPipelineResponse(Json.read(json, FelderaPipeline.class), response.clockSkew());
        return call("show pipeline " + pipeline, ApiRequest.get(url), reader);
    }

    private <T> ApiCall<T> call(String purpose, ApiRequest request, ResponseReader<T> reader) {
        // Stopping or clearing is wrong if the pipeline was started again since.
        Idempotency idempotency = request.readOnly() ? Idempotency.IDEMPOTENT : Idempotency.NOT_IDEMPOTENT;
        Map<String, String> headers = tenant == null ? Map.of() : Map.of("Feldera-Tenant", tenant);
        return new ApiCall<>(SERVICE, purpose, request.withHeaders(headers), reader, FelderaClient::error, idempotency);
    }

    private static NoContent accepted(JsonNode json, ApiResponse answer) throws UnreadableResponseException {
        if (json.isMissingNode() && answer.status() != 202) {
            throw new UnreadableResponseException("empty");
        }
        return new NoContent();
    }

    private static ServiceError error(ApiResponse answer, JsonNode json) {
        String code = json.path("error_code").asText("");
        String said = json.isTextual() ? json.asText() : json.path("message").asText("");
        ServiceError error = code.isEmpty() ? ServiceError.of(said) : ServiceError.of(code, said);
        return advice(answer.status(), code).map(error::withAdvice).orElse(error);
    }

    private static Optional<String> advice(int status, String code) {
        return switch (code) {
            case "UnknownPipelineName" -> Optional.of("Check pipeline and tenant.");
            case "StorageStatusImmutableUnlessStopped" ->
                Optional.of("Only a stopped pipeline's storage can be cleared: stop it first, or set stop: true.");
            case "InsufficientPermissions" -> Optional.of("The API key needs the role write.");
            case "EnterpriseFeature" -> Optional.of("This Feldera edition cannot do that.");
            default ->
                status == 401
                        ? Optional.of(
                                "This server requires a valid API key behind credentialsId (it starts with apikey:).")
                        : Optional.empty();
        };
    }

    private HttpUrl.Builder pipelineUrl(String pipeline) {
        return api.resolve("v0", "pipelines", pipeline).newBuilder();
    }
}
