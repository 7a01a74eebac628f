package io.jenkins.plugins.cachepurge.client.scaleway;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.Json;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.client.http.ResponseReader;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import io.jenkins.plugins.cachepurge.input.ValueText;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * Scaleway's Edge Services API, authenticated by {@code X-Auth-Token: <secret key>}.
 *
 * @param api {@code https://api.scaleway.com}
 * @see <a href="https://www.scaleway.com/en/developers/api/edge-services/">Edge Services API v1beta1</a>
 */
public record ScalewayClient(ApiUrl api) implements Serializable {

    public static final String SERVICE = "Scaleway Edge Services";

    /** The header that carries the secret key. */
    public static final String TOKEN_HEADER = "X-Auth-Token";

    public static final List<ApiUrl> VENDOR_URLS = List.of(ApiUrl.of("https://api.scaleway.com"));

    /** Scaleway publishes no limits; this leaves room for others. */
    private static final QuotaSpec QUOTA = QuotaSpec.concurrent(4);

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Create(String pipelineId, List<String> assets, Boolean all) {}

    /** Purges everything of a pipeline. */
    public ApiCall<ScalewayPurgeRequest> purgeAll(String pipelineId) {
        return create("purge everything of pipeline " + pipelineId, new Create(pipelineId, null, true));
    }

    /** @param assets paths that start with a slash; the service limits how many at a time */
    public ApiCall<ScalewayPurgeRequest> purge(String pipelineId, List<String> assets) {
        String purpose = "purge %s of pipeline %s".formatted(ValueText.of(assets, "path"), pipelineId);
        return create(purpose, new Create(pipelineId, assets, null));
    }

    /** A repeat purges the same again, which only costs the service work. */
    private ApiCall<ScalewayPurgeRequest> create(String purpose, Create body) {
        return new ApiCall<>(
                SERVICE,
                purpose,
                ApiRequest.post(purgeRequests().build(), body),
                ResponseReader.of(ScalewayPurgeRequest.class),
                new ScalewayErrorReader(),
                Idempotency.IDEMPOTENT,
                QUOTA);
    }

    /** Reads one purge request. */
    public ApiCall<ScalewayPurgeRequest> get(String id) {
        ResponseReader<ScalewayPurgeRequest> reader = (json, answer) -> {
            ScalewayPurgeRequest request = Json.read(json, ScalewayPurgeRequest.class);
            if (!request.id().equalsIgnoreCase(id)) {
                throw new UnreadableResponseException("it is about purge request " + request.id());
            }
            return request;
        };
        HttpUrl url = purgeRequests().addPathSegment(id).build();
        return new ApiCall<>(
                SERVICE,
                "show purge request " + id,
                ApiRequest.get(url),
                reader,
                new ScalewayErrorReader(),
                Idempotency.IDEMPOTENT,
                QUOTA);
    }

    /**
     * Lists a pipeline's purge requests.
     *
     * @param page 1 or more
     * @param pageSize 1 or more; the response may have fewer
     */
    public ApiCall<ScalewayPurgeRequestPage> list(String pipelineId, SortOrder order, int page, int pageSize) {
        HttpUrl url = purgeRequests()
                .addQueryParameter("pipeline_id", pipelineId)
                .addQueryParameter("order_by", order.word())
                .addQueryParameter("page", Integer.toString(page))
                .addQueryParameter("page_size", Integer.toString(pageSize))
                .build();
        return new ApiCall<>(
                SERVICE,
                "list the purge requests of pipeline " + pipelineId,
                ApiRequest.get(url),
                ScalewayClient::page,
                new ScalewayErrorReader(),
                Idempotency.IDEMPOTENT,
                QUOTA);
    }

    private static ScalewayPurgeRequestPage page(JsonNode json, ApiResponse answer) throws UnreadableResponseException {
        JsonNode list = json.path("purge_requests");
        if (!list.isArray()) {
            throw new UnreadableResponseException("a list without purge_requests");
        }
        List<ScalewayPurgeRequest> requests = new ArrayList<>();
        for (JsonNode item : list) {
            requests.add(Json.read(item, ScalewayPurgeRequest.class));
        }
        long total = json.path("total_count").asLong(requests.size());
        return new ScalewayPurgeRequestPage(List.copyOf(requests), total);
    }

    private HttpUrl.Builder purgeRequests() {
        return api.resolve("edge-services", "v1beta1", "purge-requests").newBuilder();
    }
}
