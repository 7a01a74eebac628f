package io.jenkins.plugins.cachepurge.client.google;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.client.http.ResponseReader;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import okhttp3.HttpUrl;

/**
 * Google's Compute API, as far as it is about what Cloud CDN has cached for a URL map; authenticated by an access token.
 *
 * @param api {@code https://compute.googleapis.com}
 * @param project id or number of the project
 * @param urlMap name of a global URL map
 * @see <a href="https://docs.cloud.google.com/compute/docs/reference/rest/v1/urlMaps/invalidateCache">Google:
 *     urlMaps.invalidateCache</a>
 * @see <a href="https://docs.cloud.google.com/compute/docs/reference/rest/v1/globalOperations/get">Google:
 *     globalOperations.get</a>
 */
public record GoogleCdnClient(ApiUrl api, String project, String urlMap) implements Serializable {

    public static final String SERVICE = "Google Cloud CDN";

    public static final List<ApiUrl> VENDOR_URLS = List.of(ApiUrl.of("https://compute.googleapis.com"));

    /** Maximum number of tags in a request. */
    public static final int MAX_TAGS = 10;

    private static final QuotaSpec QUOTA = QuotaSpec.concurrent(10);

    /** 500 invalidations a minute. */
    private static final QuotaSpec INVALIDATIONS =
            QUOTA.withBucket("invalidations", 500, Duration.ofMinutes(1).dividedBy(500));

    /**
     * What an invalidation selects; all that is given must hold.
     *
     * @param path from the root; a star at its end stands for everything that starts like it; null for any
     * @param host null for any
     * @param cacheTags one of them; null for any
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Rule(
            String path,
            String host,
            @JsonProperty("cacheTags") List<String> cacheTags) {}

    /**
     * Invalidates what a rule selects.
     *
     * @param key of the request: Google ignores another request with the same
     * @param what for messages, such as "path /index.html"
     */
    public ApiCall<GoogleOperation> invalidate(Rule rule, String key, String what) {
        UUID requestId = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
        HttpUrl url = urlMapUrl()
                .addPathSegment("invalidateCache")
                .addQueryParameter("requestId", requestId.toString())
                .build();
        return call(
                "purge %s of URL map %s".formatted(what, urlMap),
                ApiRequest.post(url, rule),
                GoogleOperation::read,
                INVALIDATIONS,
                new GoogleErrorReader("compute.urlMaps.invalidateCache"));
    }

    /** Reads how an invalidation is. */
    public ApiCall<GoogleOperation> operation(String name) {
        HttpUrl url =
                projectUrl().addPathSegment("operations").addPathSegment(name).build();
        ResponseReader<GoogleOperation> reader = (json, answer) -> {
            GoogleOperation operation = GoogleOperation.read(json, answer);
            if (!operation.name().equals(name)) {
                throw new UnreadableResponseException("it is about another operation");
            }
            return operation;
        };
        return call(
                "show how the purge of URL map %s is".formatted(urlMap),
                ApiRequest.get(url),
                reader,
                QUOTA,
                new GoogleErrorReader("compute.globalOperations.get"));
    }

    /** Reads the URL map. */
    public ApiCall<String> urlMapName() {
        return call(
                "show URL map " + urlMap,
                ApiRequest.get(urlMapUrl().build()),
                GoogleCdnClient::name,
                QUOTA,
                new GoogleErrorReader("compute.urlMaps.get"));
    }

    private static String name(JsonNode json, ApiResponse answer) throws UnreadableResponseException {
        if (!json.path("kind").asText("").equals("compute#urlMap")
                || !json.path("name").isTextual()) {
            throw new UnreadableResponseException("it is not a URL map");
        }
        return json.path("name").textValue();
    }

    private HttpUrl.Builder projectUrl() {
        return api.resolve("compute", "v1", "projects", project, "global").newBuilder();
    }

    private HttpUrl.Builder urlMapUrl() {
        return projectUrl().addPathSegment("urlMaps").addPathSegment(urlMap);
    }

    private static <T> ApiCall<T> call(
            String purpose, ApiRequest request, ResponseReader<T> reader, QuotaSpec quota, GoogleErrorReader errors) {
        return new ApiCall<>(SERVICE, purpose, request, reader, errors, Idempotency.IDEMPOTENT, quota);
    }
}
