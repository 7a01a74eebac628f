package io.jenkins.plugins.cachepurge.client.buddy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.Json;
import io.jenkins.plugins.cachepurge.client.http.ResponseReader;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;

/**
 * Client for Buddy's REST API, authenticated by {@code Authorization: Bearer}.
 *
 * @param api {@code https://api.buddy.works} or another region's, or {@code https://HOST/api} of a self-hosted Buddy
 * @see <a href="https://buddy.works/docs/api/getting-started/overview">Buddy API</a>
 */
public record BuddyClient(ApiUrl api) implements Serializable {

    public static final String SERVICE = "Buddy";

    /** Buddy's own: United States, Europe, Asia. */
    public static final List<ApiUrl> VENDOR_URLS = List.of(
            ApiUrl.of("https://api.buddy.works"),
            ApiUrl.of("https://api.eu.buddy.works"),
            ApiUrl.of("https://api.asia.buddy.works"));

    private record ClearCache(boolean clearCache) {}

    private record OperationBody(String operation) {}

    /**
     * Clears a pipeline's cache. Clearing an empty cache changes nothing.
     *
     * @see <a href="https://buddy.works/docs/api/pipelines/clear-cache">Clear cache</a>
     */
    public ApiCall<BuddyPipeline> clearCache(BuddyPipelineRef pipeline) {
        ApiRequest request = ApiRequest.patch(pipelineUrl(pipeline).build(), new ClearCache(true));
        ResponseReader<BuddyPipeline> reader =
                (json, answer) -> answer.status() == 204 ? nothingSaid(pipeline) : pipeline(json, pipeline);
        return call("clear the cache of " + pipeline, request, reader, "EXECUTION_MANAGE", Idempotency.IDEMPOTENT);
    }

    /** Reads a pipeline. */
    public ApiCall<BuddyPipeline> pipeline(BuddyPipelineRef pipeline) {
        ApiRequest request = ApiRequest.get(pipelineUrl(pipeline).build());
        ResponseReader<BuddyPipeline> reader = (json, answer) -> pipeline(json, pipeline);
        return call("show " + pipeline, request, reader, "EXECUTION_INFO", Idempotency.IDEMPOTENT);
    }

    /**
     * Starts at once an execution that was created to start later.
     *
     * @see <a href="https://buddy.works/docs/api/executions/cancel-retry-approve">RUN_DELAYED</a>
     */
    public ApiCall<BuddyExecution> runDelayed(BuddyPipelineRef pipeline, long executionId) {
        ApiRequest request = ApiRequest.patch(executionUrl(pipeline, executionId), new OperationBody("RUN_DELAYED"));
        String purpose = "run execution %s of %s now".formatted(executionId, pipeline);
        return call(purpose, request, execution(executionId), "EXECUTION_RUN", Idempotency.NOT_IDEMPOTENT);
    }

    /** Cancels an execution. */
    public ApiCall<BuddyExecution> cancel(BuddyPipelineRef pipeline, long executionId) {
        ApiRequest request = ApiRequest.patch(executionUrl(pipeline, executionId), new OperationBody("CANCEL"));
        String purpose = "cancel execution %s of %s".formatted(executionId, pipeline);
        return call(purpose, request, execution(executionId), "EXECUTION_RUN", Idempotency.IDEMPOTENT);
    }

    /** Reads an execution. */
    public ApiCall<BuddyExecutionResponse> execution(BuddyPipelineRef pipeline, long executionId) {
        ApiRequest request = ApiRequest.get(executionUrl(pipeline, executionId));
        String purpose = "show execution %s of %s".formatted(executionId, pipeline);
        ResponseReader<BuddyExecution> execution = execution(executionId);
        ResponseReader<BuddyExecutionResponse> reader =
                (json, response) -> new BuddyExecutionResponse(execution.read(json, response), response.clockSkew());
        return call(purpose, request, reader, "EXECUTION_INFO", Idempotency.IDEMPOTENT);
    }

    private static BuddyPipeline nothingSaid(BuddyPipelineRef pipeline) {
        return new BuddyPipeline(pipeline.pipelineId(), null, null, null, null);
    }

    private static BuddyPipeline pipeline(JsonNode json, BuddyPipelineRef asked) throws UnreadableResponseException {
        BuddyPipeline pipeline = Json.read(json, BuddyPipeline.class);
        if (pipeline.id() != asked.pipelineId()) {
            throw new UnreadableResponseException("it is about pipeline " + pipeline.id());
        }
        return pipeline;
    }

    private static ResponseReader<BuddyExecution> execution(long asked) {
        return (JsonNode json, ApiResponse answer) -> {
            BuddyExecution execution = Json.read(json, BuddyExecution.class);
            if (execution.id() != asked) {
                throw new UnreadableResponseException("it is about execution " + execution.id());
            }
            return execution;
        };
    }

    static <T> ApiCall<T> call(
            String purpose, ApiRequest request, ResponseReader<T> reader, String scope, Idempotency repeat) {
        ApiRequest versioned = request.withHeaders(Map.of("X-Buddy-Media-Type", "buddy.v1.1.0"));
        return new ApiCall<>(SERVICE, purpose, versioned, reader, new BuddyErrorReader(scope), repeat);
    }

    private HttpUrl.Builder pipelineUrl(BuddyPipelineRef ref) {
        return api.resolve(
                        "workspaces",
                        ref.workspace(),
                        "projects",
                        ref.project(),
                        "pipelines",
                        Long.toString(ref.pipelineId()))
                .newBuilder();
    }

    private HttpUrl executionUrl(BuddyPipelineRef ref, long executionId) {
        return pipelineUrl(ref)
                .addPathSegment("executions")
                .addPathSegment(Long.toString(executionId))
                .build();
    }
}
