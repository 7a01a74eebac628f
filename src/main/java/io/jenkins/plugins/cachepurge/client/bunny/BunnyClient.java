package io.jenkins.plugins.cachepurge.client.bunny;

import com.fasterxml.jackson.annotation.JsonProperty;
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
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * bunny.net's Core API, authenticated by {@code AccessKey: <API key>}. Each request purges one thing; a repeat purges the
 * same again, which only costs a bit of the allowance.
 *
 * @param api {@code https://api.bunny.net}
 * @see <a href="https://docs.bunny.net/api-reference/core/purge/purge-url">Purge URL</a>
 * @see <a href="https://docs.bunny.net/api-reference/core/pull-zone/purge-cache">Purge cache of a pull zone</a>
 * @see <a href="https://docs.bunny.net/docs/cdn-api-purge-rate-limits">Purge rate limits</a>
 */
public record BunnyClient(ApiUrl api) implements Serializable {

    public static final String SERVICE = "bunny.net";

    /** The header that carries the API key. */
    public static final String KEY_HEADER = "AccessKey";

    public static final List<ApiUrl> VENDOR_URLS = List.of(ApiUrl.of("https://api.bunny.net"));

    private static final QuotaSpec EXACT = QuotaSpec.DEFAULT.withBucket("exact", 120, Duration.ofMillis(200));
    private static final QuotaSpec PREFIX = QuotaSpec.DEFAULT.withBucket("prefix", 20, Duration.ofSeconds(2));

    /** Makes a URL a prefix, at its end. */
    private static final String WILDCARD = "*";

    private record Tag(@JsonProperty("CacheTag") String cacheTag) {}

    /**
     * Purges one URL, in the pull zone of its host.
     *
     * <p>Without {@code exactPath} a URL that ends with a slash would include all URLs below it.
     *
     * @param url absolute, without a wildcard
     * @param awaitEnd whether bunny.net responds only when it is done
     */
    public ApiCall<NoContent> purgeUrl(String url, boolean awaitEnd) {
        if (url.contains(WILDCARD)) {
            throw new IllegalArgumentException("a wildcard would purge more than one URL");
        }
        HttpUrl to = purge(url, awaitEnd).addQueryParameter("exactPath", "true").build();
        return accepted("purge " + shown(url), ApiRequest.post(to)).withQuota(EXACT);
    }

    /**
     * Purges all URLs with a prefix.
     *
     * @param prefix the start of an absolute URL, without a wildcard
     * @param awaitEnd whether bunny.net responds only when it is done
     */
    public ApiCall<NoContent> purgePrefix(String prefix, boolean awaitEnd) {
        if (prefix.contains(WILDCARD)) {
            throw new IllegalArgumentException("the wildcard is put behind the prefix here");
        }
        HttpUrl to = purge(prefix + WILDCARD, awaitEnd).build();
        return accepted("purge all that begins with " + shown(prefix), ApiRequest.post(to))
                .withQuota(PREFIX);
    }

    /**
     * Purges the pages of a pull zone with a tag in their {@code CDN-Tag} header.
     *
     * @param tag not blank, since a blank tag selects everything
     */
    public ApiCall<NoContent> purgeTag(long pullZoneId, String tag) {
        if (tag.isBlank()) {
            throw new IllegalArgumentException("no tag would mean everything");
        }
        return accepted(
                "purge the tag %s of pull zone %s".formatted(tag, pullZoneId),
                ApiRequest.post(purgeCache(pullZoneId), new Tag(tag)));
    }

    /** Purges everything of a pull zone. */
    public ApiCall<NoContent> purgeAll(long pullZoneId) {
        return accepted("purge everything of pull zone " + pullZoneId, ApiRequest.post(purgeCache(pullZoneId)));
    }

    /**
     * Reads a pull zone.
     *
     * @see <a href="https://docs.bunny.net/reference/pullzonepublic_index2">Get pull zone</a>
     */
    public ApiCall<BunnyPullZone> pullZone(long id) {
        ResponseReader<BunnyPullZone> reader = (json, answer) -> {
            BunnyPullZone zone = Json.read(json, BunnyPullZone.class);
            if (zone.id() != id) {
                throw new UnreadableResponseException("it is about pull zone " + zone.id());
            }
            return zone;
        };
        return call("show pull zone " + id, ApiRequest.get(api.resolve("pullzone", Long.toString(id))), reader);
    }

    /**
     * Counts the account's pull zones.
     *
     * @see <a href="https://docs.bunny.net/api-reference/core/pull-zone/count-pull-zones">Count pull zones</a>
     */
    public ApiCall<BunnyPullZoneCount> pullZoneCount() {
        return call(
                "count the pull zones",
                ApiRequest.get(api.resolve("pullzone", "count")),
                ResponseReader.of(BunnyPullZoneCount.class));
    }

    private HttpUrl.Builder purge(String url, boolean awaitEnd) {
        return api.resolve("purge")
                .newBuilder()
                .addQueryParameter("url", url)
                .addQueryParameter("async", Boolean.toString(!awaitEnd));
    }

    private HttpUrl purgeCache(long pullZoneId) {
        return api.resolve("pullzone", Long.toString(pullZoneId), "purgeCache");
    }

    private static ApiCall<NoContent> accepted(String purpose, ApiRequest request) {
        return call(purpose, request, BunnyClient::accepted);
    }

    /** Only the status of a success is documented. */
    private static NoContent accepted(JsonNode json, ApiResponse answer) throws UnreadableResponseException {
        if (json.isMissingNode() || json.isNull() || json.isObject() && !json.has("ErrorKey")) {
            return new NoContent();
        }
        throw new UnreadableResponseException("neither empty nor an object without ErrorKey");
    }

    private static <T> ApiCall<T> call(String purpose, ApiRequest request, ResponseReader<T> reader) {
        return new ApiCall<>(SERVICE, purpose, request, reader, new BunnyErrorReader(), Idempotency.IDEMPOTENT);
    }

    /** A query may hold a token of the page. */
    private static String shown(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query) + "?…";
    }
}
