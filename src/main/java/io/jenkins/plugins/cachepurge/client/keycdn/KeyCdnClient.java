package io.jenkins.plugins.cachepurge.client.keycdn;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.ErrorInBodyException;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.Json;
import io.jenkins.plugins.cachepurge.client.http.ResponseReader;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import io.jenkins.plugins.cachepurge.input.ValueText;
import java.io.Serializable;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * Client for KeyCDN's API, authenticated by {@code Authorization: Basic} with the API key as user. Purges are
 * idempotent; their end is not reported.
 *
 * @param api {@code https://api.keycdn.com}
 * @see <a href="https://www.keycdn.com/api">KeyCDN: API</a>
 * @see <a href="https://github.com/keycdn/node-keycdn-api">KeyCDN's client for Node.js</a>
 */
public record KeyCdnClient(ApiUrl api) implements Serializable {

    public static final String SERVICE = "KeyCDN";

    public static final List<ApiUrl> VENDOR_URLS = List.of(ApiUrl.of("https://api.keycdn.com"));

    private static final String SUCCESS = "success";

    private static final String ERROR = "error";

    private record Urls(List<String> urls) {}

    private record Tags(List<String> tags) {}

    /** Reads a zone. */
    public ApiCall<KeyCdnZone> zone(long zoneId) {
        return call(
                "show zone " + zoneId,
                ApiRequest.get(zones(zoneId)),
                (json, answer) -> Json.read(succeeded(json).path("data").path("zone"), KeyCdnZone.class));
    }

    /** Purges everything of a zone; KeyCDN's API uses a GET for it. */
    public ApiCall<KeyCdnPurgeResponse> purgeAll(long zoneId) {
        return purge(zoneId, "everything", ApiRequest.mutatingGet(zones("purge", zoneId)));
    }

    /** @param urls at least one, without a scheme, such as {@code demo-1.kxcdn.com/style.css} */
    public ApiCall<KeyCdnPurgeResponse> purgeUrls(long zoneId, List<String> urls) {
        return purge(
                zoneId, count(urls, "URL"), ApiRequest.delete(zones("purgeurl", zoneId), new Urls(notEmpty(urls))));
    }

    /** @param tags at least one, words of the header {@code Cache-Tag} */
    public ApiCall<KeyCdnPurgeResponse> purgeTags(long zoneId, List<String> tags) {
        return purge(
                zoneId, count(tags, "tag"), ApiRequest.delete(zones("purgetag", zoneId), new Tags(notEmpty(tags))));
    }

    private static List<String> notEmpty(List<String> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        return values;
    }

    private static String count(List<String> values, String unit) {
        return ValueText.of(values, unit);
    }

    private HttpUrl zones(long zoneId) {
        return api.resolve("zones", zoneId + ".json");
    }

    private HttpUrl zones(String action, long zoneId) {
        return api.resolve("zones", action, zoneId + ".json");
    }

    private static ApiCall<KeyCdnPurgeResponse> purge(long zoneId, String what, ApiRequest request) {
        return call("purge %s of zone %s".formatted(what, zoneId), request, KeyCdnClient::done);
    }

    private static <T> ApiCall<T> call(String purpose, ApiRequest request, ResponseReader<T> reader) {
        return new ApiCall<>(SERVICE, purpose, request, reader, new KeyCdnErrorReader(), Idempotency.IDEMPOTENT);
    }

    private static KeyCdnPurgeResponse done(JsonNode json, ApiResponse answer)
            throws UnreadableResponseException, ErrorInBodyException {
        return new KeyCdnPurgeResponse(succeeded(json).path("status").textValue());
    }

    private static JsonNode succeeded(JsonNode json) throws UnreadableResponseException, ErrorInBodyException {
        JsonNode status = json.path("status");
        if (!status.isTextual()) {
            throw new UnreadableResponseException(json.isMissingNode() ? "empty" : "it has no status");
        }
        if (status.textValue().equals(ERROR)) {
            throw new ErrorInBodyException();
        }
        if (!status.textValue().equals(SUCCESS)) {
            throw new UnreadableResponseException("its status is '%s'".formatted(status.textValue()));
        }
        return json;
    }
}
