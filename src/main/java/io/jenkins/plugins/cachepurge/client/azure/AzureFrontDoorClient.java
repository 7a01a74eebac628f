package io.jenkins.plugins.cachepurge.client.azure;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.BodyFormat;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.Json;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.client.http.ResponseReader;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import io.jenkins.plugins.cachepurge.input.ValueText;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Azure Resource Manager, as far as it is about an endpoint of Azure Front Door Standard or Premium; authenticated by an access
 * token. Purges are idempotent.
 *
 * @param api {@code https://management.azure.com}, or that of a national cloud
 * @param subscriptionId a UUID
 * @param endpoint its name, which is not its host
 * @see <a href="https://learn.microsoft.com/en-us/rest/api/frontdoor/azurefrontdoorstandardpremium/afd-endpoints/purge-content">
 *     Microsoft: purge content</a>
 * @see <a href="https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/async-operations">Microsoft:
 *     asynchronous operations</a>
 */
public record AzureFrontDoorClient(
        ApiUrl api, String subscriptionId, String resourceGroup, String profile, String endpoint)
        implements Serializable {

    public static final String SERVICE = "Azure Front Door";

    public static final List<ApiUrl> VENDOR_URLS = List.of(
            AzureCloud.PUBLIC.managementUrl(),
            AzureCloud.US_GOVERNMENT.managementUrl(),
            AzureCloud.CHINA.managementUrl());

    /** Maximum number of paths in a request. */
    public static final int MAX_PATHS = 100;

    private static final String API_VERSION = "2024-09-01";

    /** Azure Resource Manager takes 200 requests that write, and ten more each second. */
    private static final QuotaSpec WRITES = QuotaSpec.concurrent(4).withBucket("writes", 200, Duration.ofMillis(100));

    private static final QuotaSpec READS = QuotaSpec.concurrent(4);

    /** Longer than Azure asks for; prevents an overflow of the clock by an absurd header. */
    private static final long MAX_RETRY_AFTER_SECONDS = 3_600;

    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Purge(@JsonProperty("contentPaths") List<String> contentPaths, List<String> domains) {}

    /** @param hostName where visitors find it */
    public record Endpoint(String name, String hostName) {}

    /**
     * Purges paths.
     *
     * @param paths 1 to {@link #MAX_PATHS}, from the root; a star at the end stands for everything below a folder
     * @param domains names of hosts; empty for that of the endpoint itself
     */
    public ApiCall<AzureOperation> purge(List<String> paths, List<String> domains) {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        HttpUrl url = url("purge");
        return call(
                "purge %s of endpoint %s".formatted(ValueText.of(paths, "path"), endpoint),
                ApiRequest.post(url, new Purge(paths, domains)),
                new HeadersReader<>(answer -> started(url, answer)),
                WRITES,
                AzureErrorReader.Request.PURGE);
    }

    private static AzureOperation started(HttpUrl url, ApiResponse answer) throws UnreadableResponseException {
        Optional<AzureOperationUrl> named = AzureOperationUrl.of(answer, url);
        if (named.isEmpty() && answer.status() == OK && answer.body().isBlank()) {
            return new AzureOperation(named, AzureOperation.SUCCEEDED, "", Optional.empty());
        }
        if (named.isEmpty() || answer.status() != OK && answer.status() != ACCEPTED) {
            throw new UnreadableResponseException("it does not say where the operation can be read");
        }
        return running(named, answer);
    }

    private static AzureOperation running(Optional<AzureOperationUrl> url, ApiResponse answer) {
        return new AzureOperation(url, AzureOperation.IN_PROGRESS, "", pollAt(answer));
    }

    private static Optional<Instant> pollAt(ApiResponse answer) {
        return answer.longHeader("Retry-After")
                .filter(seconds -> seconds > 0)
                .map(seconds -> answer.receivedAt().plusSeconds(Math.min(seconds, MAX_RETRY_AFTER_SECONDS)));
    }

    /** Reads how a purge is. */
    public ApiCall<AzureOperation> operation(AzureOperationUrl operation) {
        ResponseReader<AzureOperation> reader = operation.header() == AzureOperationUrl.Header.LOCATION
                ? new HeadersReader<>(answer -> atLocation(operation, answer))
                : (json, answer) -> asyncOperation(operation, json, answer);
        return call(
                "show how the purge of endpoint %s is".formatted(endpoint),
                ApiRequest.get(operation.url()),
                reader,
                READS,
                AzureErrorReader.Request.POLL);
    }

    private static AzureOperation asyncOperation(AzureOperationUrl url, JsonNode json, ApiResponse answer)
            throws UnreadableResponseException {
        JsonNode status = json.path("status");
        if (!status.isTextual() || status.textValue().isBlank()) {
            throw new UnreadableResponseException("an operation without a status");
        }
        JsonNode error = json.path("error");
        String why = "%s %s"
                .formatted(error.path("code").asText(""), error.path("message").asText(""))
                .trim();
        return new AzureOperation(Optional.of(url), status.textValue(), why, pollAt(answer));
    }

    private static AzureOperation atLocation(AzureOperationUrl url, ApiResponse answer)
            throws UnreadableResponseException {
        if (answer.status() != ACCEPTED) {
            checkBody(answer);
            return new AzureOperation(Optional.of(url), AzureOperation.SUCCEEDED, "", Optional.empty());
        }
        return running(AzureOperationUrl.of(answer, url.url()).or(() -> Optional.of(url)), answer);
    }

    /** A page may come from a portal in between. */
    private static void checkBody(ApiResponse answer) throws UnreadableResponseException {
        JsonNode json = Json.parse(answer.body());
        if (!json.isMissingNode() && !json.isObject()) {
            throw new UnreadableResponseException("not a JSON object");
        }
    }

    /** Reads the endpoint. */
    public ApiCall<Endpoint> endpointInfo() {
        return call(
                "show endpoint " + endpoint,
                ApiRequest.get(url()),
                AzureFrontDoorClient::endpoint,
                READS,
                AzureErrorReader.Request.SHOW);
    }

    private static Endpoint endpoint(JsonNode json, ApiResponse answer) throws UnreadableResponseException {
        JsonNode host = json.path("properties").path("hostName");
        if (!json.path("name").isTextual() || !host.isTextual()) {
            throw new UnreadableResponseException("an endpoint without name and hostName");
        }
        return new Endpoint(json.path("name").textValue(), host.textValue());
    }

    private HttpUrl url(String... action) {
        HttpUrl.Builder url = api.resolve(
                        "subscriptions",
                        subscriptionId,
                        "resourceGroups",
                        resourceGroup,
                        "providers",
                        "Microsoft.Cdn",
                        "profiles",
                        profile,
                        "afdEndpoints",
                        endpoint)
                .newBuilder();
        for (String segment : action) {
            url.addPathSegment(segment);
        }
        return url.addQueryParameter("api-version", API_VERSION).build();
    }

    /** Reads a response whose body, if it has one, says nothing. */
    private record HeadersReader<T>(FromHeaders<T> reader) implements ResponseReader<T> {

        @FunctionalInterface
        private interface FromHeaders<T> {
            T read(ApiResponse answer) throws UnreadableResponseException;
        }

        @Override
        public T read(JsonNode none, ApiResponse answer) throws UnreadableResponseException {
            return reader.read(answer);
        }

        @Override
        public BodyFormat format() {
            return BodyFormat.TEXT;
        }
    }

    private static <T> ApiCall<T> call(
            String purpose,
            ApiRequest request,
            ResponseReader<T> reader,
            QuotaSpec quota,
            AzureErrorReader.Request kind) {
        return new ApiCall<>(
                SERVICE, purpose, request, reader, new AzureErrorReader(kind), Idempotency.IDEMPOTENT, quota);
    }
}
