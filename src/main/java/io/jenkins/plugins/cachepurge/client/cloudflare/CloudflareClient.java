package io.jenkins.plugins.cachepurge.client.cloudflare;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.ErrorInBodyException;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.Json;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import java.io.Serializable;
import java.util.List;

/**
 * Client for Cloudflare's API v4, authenticated by {@code Authorization: Bearer <API token>}. Purges are idempotent;
 * their end is not reported.
 *
 * @param api {@code https://api.cloudflare.com/client/v4}
 * @see <a href="https://developers.cloudflare.com/api/resources/cache/methods/purge/">Cloudflare: purge cached
 *     content</a>
 * @see <a href="https://developers.cloudflare.com/api/resources/cache/methods/invalidate/">Cloudflare: invalidate
 *     cached content</a>
 */
public record CloudflareClient(ApiUrl api) implements Serializable {

    public static final String SERVICE = "Cloudflare";

    public static final List<ApiUrl> VENDOR_URLS = List.of(ApiUrl.of("https://api.cloudflare.com/client/v4"));

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Selection(
            List<String> files,
            List<String> tags,
            List<String> hosts,
            List<String> prefixes,
            Boolean purgeEverything) {}

    /** Reads a zone. */
    public ApiCall<CloudflareZone> zone(String zoneId) {
        return new ApiCall<>(
                SERVICE,
                "show zone " + zoneId,
                ApiRequest.get(api.resolve("zones", zoneId)),
                (json, answer) -> Json.read(succeeded(json).path("result"), CloudflareZone.class),
                new CloudflareErrorReader("Zone > Zone > Read"),
                Idempotency.IDEMPOTENT);
    }

    /**
     * Purges everything of a zone.
     *
     * @param soft to mark it stale only
     */
    public ApiCall<CloudflarePurgeResponse> purgeAll(String zoneId, boolean soft) {
        return purge(zoneId, "everything", new Selection(null, null, null, null, true), soft);
    }

    /**
     * Purges a selection of a zone.
     *
     * @param values at least one; the maximum depends on the zone's plan
     * @param soft to mark it stale only
     */
    public ApiCall<CloudflarePurgeResponse> purge(
            String zoneId, CloudflareBodyField by, List<String> values, boolean soft) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(by.name());
        }
        Selection selection =
                switch (by) {
                    case FILES -> new Selection(values, null, null, null, null);
                    case TAGS -> new Selection(null, values, null, null, null);
                    case HOSTS -> new Selection(null, null, values, null, null);
                    case PREFIXES -> new Selection(null, null, null, values, null);
                };
        return purge(zoneId, by.count(values), selection, soft);
    }

    private ApiCall<CloudflarePurgeResponse> purge(String zoneId, String what, Selection selection, boolean soft) {
        String asked = soft ? "mark %s of zone %s as stale" : "purge %s of zone %s";
        return new ApiCall<>(
                SERVICE,
                asked.formatted(what, zoneId),
                ApiRequest.post(api.resolve("zones", zoneId, soft ? "invalidate_cache" : "purge_cache"), selection),
                CloudflareClient::taken,
                new CloudflareErrorReader("Zone > Cache Purge > Purge"),
                Idempotency.IDEMPOTENT);
    }

    private static CloudflarePurgeResponse taken(JsonNode json, ApiResponse answer)
            throws UnreadableResponseException, ErrorInBodyException {
        JsonNode result = succeeded(json).path("result");
        return result.isMissingNode() || result.isNull()
                ? new CloudflarePurgeResponse(null)
                : Json.read(result, CloudflarePurgeResponse.class);
    }

    private static JsonNode succeeded(JsonNode json) throws UnreadableResponseException, ErrorInBodyException {
        JsonNode success = json.path("success");
        if (!success.isBoolean()) {
            throw new UnreadableResponseException(json.isMissingNode() ? "empty" : "it has no success flag");
        }
        if (!success.booleanValue() || !json.path("errors").isEmpty()) {
            throw new ErrorInBodyException();
        }
        return json;
    }
}
