package io.jenkins.plugins.cachepurge.client.cloudflare;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.Answer;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Json;
import io.jenkins.plugins.cachepurge.client.http.RefusedException;
import io.jenkins.plugins.cachepurge.client.http.Repeat;
import io.jenkins.plugins.cachepurge.client.http.UnreadableAnswerException;
import java.io.Serializable;
import java.util.List;

/**
 * Cloudflare's API v4, authenticated by {@code Authorization: Bearer <API token>}. It takes a purge and does not say when
 * it is done; repeating one purges the same again.
 *
 * @param api {@code https://api.cloudflare.com/client/v4}
 * @see <a href="https://developers.cloudflare.com/api/resources/cache/methods/purge/">Cloudflare: purge cached content</a>
 * @see <a href="https://developers.cloudflare.com/api/resources/cache/methods/invalidate/">Cloudflare: invalidate cached
 *     content</a>
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
                ApiRequest.get(api.at("zones", zoneId)),
                (json, answer) -> Json.read(succeeded(json).path("result"), CloudflareZone.class),
                new CloudflareErrors("Zone > Zone > Read"),
                Repeat.HARMLESS);
    }

    /**
     * Purges everything of a zone.
     *
     * @param soft to mark it stale only
     */
    public ApiCall<CloudflareTaken> purgeAll(String zoneId, boolean soft) {
        return purge(zoneId, "everything", new Selection(null, null, null, null, true), soft);
    }

    /**
     * Purges what is selected of a zone.
     *
     * @param values at least one; how many at most is for the zone's plan to say
     * @param soft to mark it stale only
     */
    public ApiCall<CloudflareTaken> purge(String zoneId, CloudflareSelector by, List<String> values, boolean soft) {
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

    private ApiCall<CloudflareTaken> purge(String zoneId, String what, Selection selection, boolean soft) {
        String asked = soft ? "mark %s of zone %s as stale" : "purge %s of zone %s";
        return new ApiCall<>(
                SERVICE,
                asked.formatted(what, zoneId),
                ApiRequest.post(api.at("zones", zoneId, soft ? "invalidate_cache" : "purge_cache"), selection),
                CloudflareClient::taken,
                new CloudflareErrors("Zone > Cache Purge > Purge"),
                Repeat.HARMLESS);
    }

    private static CloudflareTaken taken(JsonNode json, Answer answer)
            throws UnreadableAnswerException, RefusedException {
        JsonNode result = succeeded(json).path("result");
        return result.isMissingNode() || result.isNull()
                ? new CloudflareTaken(null)
                : Json.read(result, CloudflareTaken.class);
    }

    private static JsonNode succeeded(JsonNode json) throws UnreadableAnswerException, RefusedException {
        JsonNode success = json.path("success");
        if (!success.isBoolean()) {
            throw new UnreadableAnswerException(
                    json.isMissingNode() ? "empty" : "it does not say whether it was a success");
        }
        if (!success.booleanValue() || !json.path("errors").isEmpty()) {
            throw new RefusedException();
        }
        return json;
    }
}
