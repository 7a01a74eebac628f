package io.jenkins.plugins.cachepurge.client.fastly;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.ErrorInBodyException;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.Json;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.client.http.ResponseReader;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import io.jenkins.plugins.cachepurge.input.ValueText;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;

/**
 * Client for Fastly's API, authenticated by {@code Fastly-Key: <token>}. A purge is done when Fastly responds; purges
 * are idempotent.
 *
 * @param api {@code https://api.fastly.com}
 * @see <a href="https://www.fastly.com/documentation/reference/api/purging/">Fastly: purging</a>
 * @see <a href="https://github.com/fastly/go-fastly/blob/main/fastly/purge.go">Fastly's Go client, and its recorded
 *     responses in {@code fastly/fixtures/purges}</a>
 */
public record FastlyClient(ApiUrl api) implements Serializable {

    public static final String SERVICE = "Fastly";

    /** The header that carries the token. */
    public static final String TOKEN_HEADER = "Fastly-Key";

    public static final List<ApiUrl> VENDOR_URLS = List.of(ApiUrl.of("https://api.fastly.com"));

    /** Maximum number of surrogate keys in one request. */
    public static final int KEYS_PER_REQUEST = 256;

    /** Maximum number of bytes of the keys in one request, with a space between them, as in a header. */
    private static final int MAX_KEY_BYTES = 16 * 1024;

    /** Half of the 200 that Fastly allows in an hour; the other half comes one by one, so that no hour has more. */
    private static final int EDGE_CHECK_BURST = 100;

    private static final Duration EDGE_CHECK_REFILL = Duration.ofHours(1).dividedBy(EDGE_CHECK_BURST);

    /** Only the presence of the header counts. */
    private static final Map<String, String> SOFT = Map.of("Fastly-Soft-Purge", "1");

    private record SurrogateKeys(List<String> surrogateKeys) {}

    /** Reads a service. */
    public ApiCall<FastlyService> service(String serviceId) {
        return new ApiCall<>(
                SERVICE,
                "show service " + serviceId,
                ApiRequest.get(api.resolve("service", serviceId)),
                ResponseReader.of(FastlyService.class),
                new FastlyErrorReader("global:read"),
                Idempotency.IDEMPOTENT);
    }

    /**
     * Reads a page at each of Fastly's places. A place that has no copy of it gets one.
     *
     * @see <a href="https://www.fastly.com/documentation/reference/api/utils/content/">Fastly: content</a>
     */
    public ApiCall<List<FastlyPlace>> edgeCheck(PageUrl page) {
        HttpUrl url = api.resolve("content", "edge_check")
                .newBuilder()
                .addQueryParameter("url", page.text())
                .build();
        return new ApiCall<>(
                        SERVICE,
                        "check %s at all its places".formatted(ValueText.of(List.of(page.text()), "URL")),
                        ApiRequest.get(url),
                        (json, answer) -> places(json),
                        new FastlyErrorReader("global:read"),
                        Idempotency.IDEMPOTENT)
                .withQuota(QuotaSpec.DEFAULT.withBucket("edge check", EDGE_CHECK_BURST, EDGE_CHECK_REFILL));
    }

    private static List<FastlyPlace> places(JsonNode json) throws UnreadableResponseException {
        if (!json.isArray() || json.isEmpty()) {
            throw new UnreadableResponseException("not a list of places");
        }
        List<FastlyPlace> places = new ArrayList<>();
        for (JsonNode place : json) {
            places.add(Json.read(place, FastlyPlace.class));
        }
        return List.copyOf(places);
    }

    /** Purges everything of a service. There is no soft way to. */
    public ApiCall<FastlyPurgeResponse> purgeAll(String serviceId) {
        return new ApiCall<>(
                SERVICE,
                "purge everything of service " + serviceId,
                ApiRequest.post(api.resolve("service", serviceId, "purge_all")),
                FastlyClient::done,
                new FastlyErrorReader("purge_all"),
                Idempotency.IDEMPOTENT);
    }

    /**
     * Cuts surrogate keys into as few requests as Fastly allows, in their order.
     *
     * @param keys at least one, in ASCII
     */
    public static List<List<String>> keyBatches(List<String> keys) {
        List<List<String>> batches = new ArrayList<>();
        int start = 0;
        int bytes = -1;
        for (int i = 0; i < keys.size(); i++) {
            int more = keys.get(i).length() + 1;
            if (i - start == KEYS_PER_REQUEST || i > start && bytes + more > MAX_KEY_BYTES) {
                batches.add(List.copyOf(keys.subList(start, i)));
                start = i;
                bytes = -1;
            }
            bytes += more;
        }
        batches.add(List.copyOf(keys.subList(start, keys.size())));
        return batches;
    }

    /**
     * Purges all that bears one of some surrogate keys.
     *
     * @param keys 1 to {@link #KEYS_PER_REQUEST}, without spaces
     * @param soft to mark it stale only
     */
    public ApiCall<FastlyPurgeResponse> purgeKeys(String serviceId, List<String> keys, boolean soft) {
        if (keys.isEmpty() || keys.size() > KEYS_PER_REQUEST) {
            throw new IllegalArgumentException(Integer.toString(keys.size()));
        }
        String what = ValueText.of(keys, "surrogate key");
        ApiRequest request = ApiRequest.post(api.resolve("service", serviceId, "purge"), new SurrogateKeys(keys));
        return new ApiCall<>(
                SERVICE,
                purpose(what + " of service " + serviceId, soft),
                soft ? request.withHeaders(SOFT) : request,
                (json, answer) -> allDone(json, keys),
                new FastlyErrorReader("purge_select"),
                Idempotency.IDEMPOTENT);
    }

    /**
     * Purges a URL in all services of the account.
     *
     * @param soft to mark it stale only
     */
    public ApiCall<FastlyPurgeResponse> purgeUrl(PageUrl url, boolean soft) {
        ApiRequest request = ApiRequest.post(purgeOf(url));
        return new ApiCall<>(
                SERVICE,
                purpose(ValueText.of(List.of(url.text()), "URL"), soft),
                soft ? request.withHeaders(SOFT) : request,
                FastlyClient::done,
                new FastlyErrorReader("purge_select"),
                Idempotency.IDEMPOTENT);
    }

    private static String purpose(String what, boolean soft) {
        return soft ? "mark %s as stale".formatted(what) : "purge " + what;
    }

    /** The API's path contains the URL without its scheme; its query is appended unchanged. */
    private HttpUrl purgeOf(PageUrl page) {
        return PageUrl.behind(api.resolve("purge", page.host()).toString(), page.target());
    }

    private static FastlyPurgeResponse done(JsonNode json, ApiResponse answer)
            throws UnreadableResponseException, ErrorInBodyException {
        FastlyPurgeResponse purge = Json.read(json, FastlyPurgeResponse.class);
        if (purge.status().equals(FastlyPurgeResponse.FAIL)) {
            throw new ErrorInBodyException();
        }
        if (!purge.status().equals(FastlyPurgeResponse.OK)) {
            throw new UnreadableResponseException("its status is '%s'".formatted(purge.status()));
        }
        return purge;
    }

    /** The response has the id of a purge for each key, and a status only for refused ones. */
    private static FastlyPurgeResponse allDone(JsonNode json, List<String> keys)
            throws UnreadableResponseException, ErrorInBodyException {
        if (!json.isObject()) {
            throw new UnreadableResponseException(json.isMissingNode() ? "empty" : "not a JSON object");
        }
        if (json.path("status").asText("").equals(FastlyPurgeResponse.FAIL)) {
            throw new ErrorInBodyException();
        }
        for (String key : keys) {
            if (!json.path(key).isTextual()) {
                throw new UnreadableResponseException("it does not contain '%s'".formatted(key));
            }
        }
        String id = keys.size() == 1 ? json.path(keys.get(0)).textValue() : null;
        return new FastlyPurgeResponse(FastlyPurgeResponse.OK, id);
    }
}
