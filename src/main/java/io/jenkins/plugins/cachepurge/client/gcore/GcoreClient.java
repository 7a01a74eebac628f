package io.jenkins.plugins.cachepurge.client.gcore;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.Json;
import io.jenkins.plugins.cachepurge.client.http.NoContent;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.client.http.ResponseReader;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import io.jenkins.plugins.cachepurge.input.ValueText;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * Client for Gcore's CDN API, authenticated by {@code Authorization: APIKey <token>}. The response to a purge has no
 * id; the history of purges has one.
 *
 * @param api {@code https://api.gcore.com}
 * @see <a href="https://gcore.com/docs/api-reference/cdn/tools/purge-cache">Purge cache</a>
 * @see <a href="https://gcore.com/docs/api-reference/cdn/purge-history/get-purges-history-list">Purge history</a>
 * @see <a href="https://github.com/G-Core/gcore-go/blob/main/cdn/cdnresource.go">Gcore's Go client</a>
 */
public record GcoreClient(ApiUrl api) implements Serializable {

    public static final String SERVICE = "Gcore CDN";

    public static final List<ApiUrl> VENDOR_URLS = List.of(ApiUrl.of("https://api.gcore.com"));

    /** Maximum number of paths in one purge; two such purges per minute. */
    public static final int MAX_URLS = 100;

    /** Maximum number of patterns in one purge; one such purge per minute. */
    public static final int MAX_PATTERNS = 10;

    /** Maximum number of purges in one page of the history. */
    public static final int PAGE_SIZE = 100;

    private static final Duration TWO_A_MINUTE = Duration.ofSeconds(30);
    private static final Duration ONE_A_MINUTE = Duration.ofSeconds(60);

    private record ByUrl(List<String> urls) {}

    private record ByPattern(List<String> paths) {}

    /** The header with a permanent API token. */
    public static Signer authentication(String token) {
        return Signer.authorization("APIKey", token);
    }

    /** Reads a CDN resource. */
    public ApiCall<GcoreResourceResponse> resource(long id) {
        ResponseReader<GcoreResourceResponse> reader = (json, answer) -> {
            GcoreResource resource = Json.read(json, GcoreResource.class);
            if (resource.id() != id) {
                throw new UnreadableResponseException("it is about CDN resource " + resource.id());
            }
            return new GcoreResourceResponse(resource, answer.serverTime());
        };
        return new ApiCall<>(
                SERVICE,
                "show CDN resource " + id,
                ApiRequest.get(api.resolve("cdn", "resources", Long.toString(id))),
                reader,
                new GcoreErrorReader(TWO_A_MINUTE),
                Idempotency.IDEMPOTENT);
    }

    /**
     * Purges single files. Gcore calls that "by URL", but expects paths.
     *
     * @param paths 1 to {@link #MAX_URLS}, with their queries, without scheme, host and wildcard
     */
    public ApiCall<NoContent> purgePaths(long resourceId, List<String> paths) {
        check(paths, MAX_URLS);
        return purge(resourceId, ValueText.of(paths, "path"), new ByUrl(paths), urlQuota(resourceId));
    }

    /**
     * Purges all whose paths begin alike. Gcore calls that "by pattern".
     *
     * @param patterns 1 to {@link #MAX_PATTERNS}, each with a wildcard as its last sign and nowhere else
     */
    public ApiCall<NoContent> purgePatterns(long resourceId, List<String> patterns) {
        check(patterns, MAX_PATTERNS);
        return purge(resourceId, ValueText.of(patterns, "pattern"), new ByPattern(patterns), patternQuota(resourceId));
    }

    /** Purges everything of a resource, by an empty list of patterns. */
    public ApiCall<NoContent> purgeAll(long resourceId) {
        return purge(resourceId, "everything", new ByPattern(List.of()), patternQuota(resourceId));
    }

    private static void check(List<String> values, int most) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no path would mean everything");
        }
        if (values.size() > most) {
            throw new IllegalArgumentException("must be 1 to " + most);
        }
    }

    private static QuotaSpec urlQuota(long resourceId) {
        return QuotaSpec.DEFAULT.withBucket("urls of " + resourceId, 2, TWO_A_MINUTE);
    }

    private static QuotaSpec patternQuota(long resourceId) {
        return QuotaSpec.DEFAULT.withBucket("patterns of " + resourceId, 1, ONE_A_MINUTE);
    }

    /** A repeat purges the same again, but uses up one of the few that a minute allows. */
    private ApiCall<NoContent> purge(long resourceId, String what, Record body, QuotaSpec quota) {
        return new ApiCall<>(
                SERVICE,
                "purge %s of CDN resource %s".formatted(what, resourceId),
                ApiRequest.post(api.resolve("cdn", "resources", Long.toString(resourceId), "purge"), body),
                GcoreClient::accepted,
                new GcoreErrorReader(quota.bucket().orElseThrow().refill()),
                Idempotency.IDEMPOTENT,
                quota);
    }

    /** Documented are 201 and, on one page, a list of the purged paths; the Go client does not read the body. */
    private static NoContent accepted(JsonNode json, ApiResponse answer) throws UnreadableResponseException {
        if (json.isMissingNode() || json.isArray() || json.isObject() && !json.has("errors")) {
            return new NoContent();
        }
        throw new UnreadableResponseException("neither empty nor a list of paths");
    }

    /**
     * Reads a part of the history of purges.
     *
     * @param cname the resource's main host name
     * @param from from when on, by Gcore's clock
     * @param offset how many to leave out
     */
    public ApiCall<GcoreHistoryPage> purges(String cname, GcorePurgeType type, Instant from, int offset) {
        HttpUrl url = api.resolve("cdn", "purge_statuses")
                .newBuilder()
                .addQueryParameter("cname", cname)
                .addQueryParameter("purge_type", type.word())
                .addQueryParameter("from_created", from.toString())
                .addQueryParameter("limit", Integer.toString(PAGE_SIZE))
                .addQueryParameter("offset", Integer.toString(offset))
                .build();
        return new ApiCall<>(
                SERVICE,
                "list the purges of " + cname,
                ApiRequest.get(url),
                GcoreClient::page,
                new GcoreErrorReader(TWO_A_MINUTE),
                Idempotency.IDEMPOTENT);
    }

    /** A list, or an object with {@code results} and {@code next}: the Go client supports both. */
    private static GcoreHistoryPage page(JsonNode json, ApiResponse answer) throws UnreadableResponseException {
        JsonNode list = json.isArray() ? json : json.path("results");
        if (!list.isArray()) {
            throw new UnreadableResponseException("not a list of purges");
        }
        List<GcoreHistoryEntry> purges = new ArrayList<>();
        for (JsonNode item : list) {
            purges.add(Json.read(item, GcoreHistoryEntry.class));
        }
        boolean last = json.isArray() ? purges.size() < PAGE_SIZE : purges.isEmpty() || !json.hasNonNull("next");
        return new GcoreHistoryPage(List.copyOf(purges), last);
    }
}
