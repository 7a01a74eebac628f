package io.jenkins.plugins.cachepurge.client.akamai;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.BucketLevel;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.client.http.ResponseReader;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import io.jenkins.plugins.cachepurge.input.ValueText;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Akamai's Fast Purge API, version 3. Each request is signed for the host of the credentials, so the URL here is only the one
 * that a request has before. A purge is idempotent.
 *
 * @param api any URL; the host of the credentials replaces its host
 * @param network which network is purged
 * @param accountSwitchKey the account that is purged, for an API client that manages several; empty for its own
 * @see <a href="https://techdocs.akamai.com/purge-cache/reference/api">Akamai: Fast Purge API v3</a>
 * @see <a href="https://techdocs.akamai.com/purge-cache/reference/rate-limiting">Akamai: rate limiting</a>
 */
public record AkamaiClient(ApiUrl api, AkamaiNetwork network, Optional<String> accountSwitchKey)
        implements Serializable {

    public static final String SERVICE = "Akamai";

    /** Domain of the hosts that Akamai gives to API clients. */
    public static final String VENDOR_DOMAIN = "luna.akamaiapis.net";

    /** What a request names before it is signed. */
    public static final ApiUrl UNSIGNED_URL = ApiUrl.of("https://" + VENDOR_DOMAIN);

    /** Maximum size of a body, in bytes. */
    public static final int MAX_BODY_BYTES = 50_000;

    /** Akamai takes 100 requests at once and 50 more each second, which these do not reach. */
    private static final QuotaSpec QUOTA = QuotaSpec.concurrent(4);

    private record Objects(List<?> objects) {}

    /**
     * Purges objects.
     *
     * @param soft whether to mark them as stale ("invalidate" at Akamai) instead of deleting them
     * @param objects 1 or more of the type; CP codes are numbers
     */
    public ApiCall<AkamaiPurgeResponse> purge(AkamaiObjectType type, List<?> objects, boolean soft) {
        if (objects.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        String what = ValueText.of(objects.stream().map(Object::toString).toList(), type.noun());
        String purpose = soft
                ? "mark %s of its %s network as stale".formatted(what, network.word())
                : "purge %s of its %s network".formatted(what, network.word());
        HttpUrl url = url(soft ? "invalidate" : "delete", type.segment(), network.word());
        return new ApiCall<>(
                SERVICE,
                purpose,
                ApiRequest.post(url, new Objects(objects)),
                new PurgeReader(objects.size()),
                new AkamaiErrorReader(),
                Idempotency.IDEMPOTENT,
                type.limit(QUOTA).withCost(objects.size()));
    }

    /** Reads how many URLs could be purged now; Akamai's API uses a POST for it. */
    public ApiCall<AkamaiRateLimit> rateLimit() {
        ApiRequest post = ApiRequest.post(url("rate-limit-status", AkamaiObjectType.URL.segment()));
        return new ApiCall<>(
                SERVICE,
                "show how many URLs it would purge now",
                post.asReadOnly(),
                AkamaiClient::rateLimit,
                new AkamaiErrorReader(),
                Idempotency.IDEMPOTENT,
                QUOTA);
    }

    private static AkamaiRateLimit rateLimit(JsonNode json, ApiResponse answer) throws UnreadableResponseException {
        if (json.path("httpStatus").asInt() != answer.status()) {
            throw new UnreadableResponseException("it has no httpStatus");
        }
        return AkamaiRateLimit.ofObjects(answer)
                .orElseThrow(() -> new UnreadableResponseException("it has no X-Ratelimit headers"));
    }

    private HttpUrl url(String action, String... more) {
        HttpUrl.Builder url = api.resolve("ccu", "v3", action).newBuilder();
        for (String segment : more) {
            url.addPathSegment(segment);
        }
        accountSwitchKey.ifPresent(key -> url.addQueryParameter("accountSwitchKey", key));
        return url.build();
    }

    /** @param objects number of objects in the request */
    private record PurgeReader(int objects) implements ResponseReader<AkamaiPurgeResponse> {

        private static final int CREATED = 201;

        @Override
        public AkamaiPurgeResponse read(JsonNode json, ApiResponse answer) throws UnreadableResponseException {
            int status = json.path("httpStatus").asInt();
            JsonNode seconds = json.path("estimatedSeconds");
            String id = json.path("purgeId").asText("");
            if (status != CREATED || id.isBlank() || !seconds.canConvertToInt() || seconds.asInt() < 0) {
                throw new UnreadableResponseException("it does not say that the purge was accepted");
            }
            return new AkamaiPurgeResponse(id, answer.receivedAt(), seconds.asInt(), objects);
        }

        /** Tells how many objects Akamai would take now, of all clients of the account. */
        @Override
        public Optional<BucketLevel> level(ApiResponse answer) {
            return AkamaiRateLimit.ofObjects(answer).flatMap(AkamaiRateLimit::level);
        }
    }
}
