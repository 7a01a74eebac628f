package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Akamai's Fast Purge API, version 3.
 *
 * <p>Follows Akamai's OpenAPI and its pages on rate limits: EdgeGrid signatures, checked by {@link EdgeGridVerifier}; a body
 * with {@code objects} and nothing else, of 50,000 bytes at the most (413), as JSON (415); CP codes are integers; 201 with a
 * {@code purgeId} and {@code estimatedSeconds}; the eight headers {@code X-Ratelimit-…}; 429 takes no tokens, and has no
 * {@code Retry-After}. The gateway's errors are those that its users report. Assumed where nothing is published: the error
 * of a nonce that was used before.
 */
public final class AkamaiSimulator implements SimService {

    /** Worth nothing elsewhere, as the other demo data. */
    public static final String DEMO_CLIENT_SECRET = "demoAkamaiClientSecret/0123456789+abcdefghijk=";

    public static final String DEMO_CLIENT_TOKEN = "akab-demo-client-token-0123456789";

    public static final String DEMO_ACCESS_TOKEN = "akab-demo-access-token-0123456789";

    public static final String DEMO_HOST = "akab-demo.luna.akamaiapis.net";

    public static final int DEMO_CP_CODE = 123456;

    private static final int MOST_BYTES = 50_000;
    private static final String OBJECTS = "-Objects";
    private static final Pattern URL = Pattern.compile("https?://([^/?#@\\s]+)(?:[/?]\\S*)?");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9!#$%&'+./^_`|~-]{1,128}");

    private final InstantSource clock;
    private final EdgeGridVerifier verifier;
    private final List<RecordedAkamaiPurge> purges = new ArrayList<>();
    private final Set<Integer> cpCodes = new HashSet<>();
    private final Set<String> accounts = new HashSet<>();
    private final Map<String, SimWeightedBucket> objectBuckets = new HashMap<>();
    private final Router router = new Router()
            .on("POST", "/ccu/v3/rate-limit-status/{type}", this::rateLimit)
            .on("POST", "/ccu/v3/{action}/{type}", this::purge)
            .on("POST", "/ccu/v3/{action}/{type}/{network}", this::purge);
    private SimWeightedBucket requests = new SimWeightedBucket(100, 50);
    private int estimatedSeconds = 5;
    private int refusedForStorage;
    private boolean mayWrite = true;
    private int lastId;

    /** An API client without content. */
    public AkamaiSimulator(InstantSource clock, String clientToken, String clientSecret, String accessToken) {
        this.clock = clock;
        this.verifier = new EdgeGridVerifier(clientToken, clientSecret, accessToken);
        objectBuckets.put("url", new SimWeightedBucket(10_000, 200));
        objectBuckets.put("cpcode", new SimWeightedBucket(300, 0.5));
        objectBuckets.put("tag", new SimWeightedBucket(5_000, 500 / 60.0));
    }

    /** One CP code, and Akamai's limits. */
    public static AkamaiSimulator demo(InstantSource clock) {
        return new AkamaiSimulator(clock, DEMO_CLIENT_TOKEN, DEMO_CLIENT_SECRET, DEMO_ACCESS_TOKEN)
                .addCpCode(DEMO_CP_CODE);
    }

    @Override
    public String name() {
        return "Akamai";
    }

    public synchronized AkamaiSimulator addCpCode(int code) {
        cpCodes.add(code);
        return this;
    }

    /** Adds an account that the client may switch to. */
    public synchronized AkamaiSimulator addAccount(String switchKey) {
        accounts.add(switchKey);
        return this;
    }

    /** From now on purges are estimated to take so long. */
    public synchronized AkamaiSimulator purgeTakes(int seconds) {
        estimatedSeconds = seconds;
        return this;
    }

    /** From now on so many requests are allowed at once, and so many more each second. */
    public synchronized AkamaiSimulator limitRequests(int burst, double perSecond) {
        requests = new SimWeightedBucket(burst, perSecond);
        return this;
    }

    /** From now on so many objects of a type are allowed at once, and so many more each second. */
    public synchronized AkamaiSimulator limitObjects(String type, int burst, double perSecond) {
        objectBuckets.put(type, new SimWeightedBucket(burst, perSecond));
        return this;
    }

    /** The next purges are refused with 507. */
    public synchronized AkamaiSimulator refuseForStorage(int times) {
        refusedForStorage = times;
        return this;
    }

    /** From now on the client may only read. */
    public synchronized AkamaiSimulator readOnly() {
        mayWrite = false;
        return this;
    }

    /** From now on the client's token is refused. */
    public synchronized AkamaiSimulator deactivate() {
        verifier.deactivate();
        return this;
    }

    /** All purges, oldest first. */
    public synchronized List<RecordedAkamaiPurge> purges() {
        return List.copyOf(purges);
    }

    @Override
    public synchronized SimResponse handle(SimRequest request) {
        Optional<SimResponse> refusal = verifier.refusal(request, clock.instant());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            return router.route(
                    request,
                    () -> problem(404, "Not Found", "no such API"),
                    () -> problem(405, "Method Not Allowed", "use POST"));
        } catch (ErrorResponseException refused) {
            return refused.answer();
        }
    }

    private SimResponse rateLimit(SimRequest request, Map<String, String> path) {
        account(request);
        SimWeightedBucket objects = bucket(path.get("type"));
        Instant now = clock.instant();
        requests.has(1, now);
        objects.has(1, now);
        return tell(accepted(), objects);
    }

    private SimResponse purge(SimRequest request, Map<String, String> path) {
        String type = path.get("type");
        SimWeightedBucket bucket = bucket(type);
        if (!Set.of("invalidate", "delete").contains(path.get("action"))
                || !Set.of("production", "staging").contains(path.getOrDefault("network", "production"))) {
            throw refuse(404, "Not Found", "no such API");
        }
        if (!mayWrite) {
            throw refuse(403, "Forbidden", "The client does not have the grant needed for the request");
        }
        if (request.body().length > MOST_BYTES) {
            throw refuse(413, "Request Entity Too Large", "request body is too long");
        }
        String account = account(request);
        List<String> objects = objects(request, type);
        takeTokens(type, objects.size(), bucket);
        if (refusedForStorage > 0) {
            refusedForStorage--;
            throw refuse(507, "Insufficient Storage", "too many purges");
        }
        purges.add(new RecordedAkamaiPurge(
                path.get("action"),
                type,
                path.getOrDefault("network", "production"),
                objects,
                account,
                clock.instant()));
        ObjectNode body = body(201, "Request accepted")
                .put("estimatedSeconds", estimatedSeconds)
                .put("purgeId", "e535071c-26b2-11e7-94d7-%012d".formatted(++lastId));
        return tell(SimResponse.json(201, body), bucket);
    }

    private SimWeightedBucket bucket(String type) {
        return Optional.ofNullable(objectBuckets.get(type)).orElseThrow(() -> refuse(404, "Not Found", "no such API"));
    }

    private String account(SimRequest request) {
        if (!Set.of("accountSwitchKey").containsAll(request.query().keySet())) {
            throw refuse(400, "Bad Request", "unknown query parameter");
        }
        String account = request.query("accountSwitchKey").orElse("");
        if (!account.isEmpty() && !accounts.contains(account)) {
            throw refuse(403, "Forbidden", "invalid account switch key");
        }
        return account;
    }

    private List<String> objects(SimRequest request, String type) {
        if (!request.hasJsonContent()) {
            throw refuse(415, "Unsupported Media Type", "use application/json");
        }
        ObjectNode body = SimJson.parseObject(request.body())
                .filter(json -> json.size() == 1)
                .filter(json ->
                        json.path("objects").isArray() && !json.path("objects").isEmpty())
                .orElseThrow(() -> refuse(400, "Bad Request", "invalid JSON: objects is wanted, and nothing else"));
        List<String> objects = new ArrayList<>();
        for (JsonNode object : body.path("objects")) {
            objects.add(object(object, type));
        }
        return objects;
    }

    private String object(JsonNode object, String type) {
        if (type.equals("cpcode")) {
            if (!object.isInt()) {
                throw refuse(400, "Bad Request", "a CP code is an integer");
            }
            if (!cpCodes.contains(object.intValue())) {
                throw refuse(403, "unauthorized cpcode", object.asText());
            }
            return object.asText();
        }
        if (!object.isTextual()) {
            throw refuse(400, "Bad Request", "a text is wanted");
        }
        if (type.equals("tag") && !TAG.matcher(object.textValue()).matches()) {
            throw refuse(400, "bad tag", object.textValue());
        }
        if (type.equals("url")) {
            checkUrl(object.textValue());
        }
        return object.textValue();
    }

    private static void checkUrl(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw refuse(400, "bad URL hostname", url);
        }
        if (parts.group(1).endsWith(".foreign.example")) {
            throw refuse(403, "unauthorized arl", url);
        }
    }

    private void takeTokens(String type, int count, SimWeightedBucket objects) {
        Instant now = clock.instant();
        if (!requests.has(1, now)) {
            throw new ErrorResponseException(tooMany("Rate Limit exceeded", 1, requests, objects));
        }
        if (!objects.has(count, now)) {
            String title = type.toUpperCase(Locale.ROOT) + " Rate Limit exceeded";
            throw new ErrorResponseException(tooMany(title, count, objects, objects));
        }
        requests.take(1);
        objects.take(count);
    }

    private SimResponse tooMany(String title, int size, SimWeightedBucket exceeded, SimWeightedBucket objects) {
        ObjectNode body = body(429, "Too many purges")
                .put("title", title)
                .put("describedBy", "https://techdocs.akamai.com/purge-cache/reference/429")
                .put("rateLimitCurrentRequestSize", size)
                .put("rateLimitRemaining", exceeded.remaining());
        return tell(SimResponse.json(429, body).withHeader("Content-Type", "application/api-problem+json"), objects);
    }

    private SimResponse tell(SimResponse response, SimWeightedBucket objects) {
        return objects.tell(requests.tell(response, ""), OBJECTS);
    }

    private static SimResponse accepted() {
        return SimResponse.json(201, body(201, "Request accepted"));
    }

    private static ErrorResponseException refuse(int status, String title, String detail) {
        return new ErrorResponseException(problem(status, title, detail));
    }

    private static SimResponse problem(int status, String title, String detail) {
        return SimResponse.json(status, body(status, detail).put("title", title))
                .withHeader("Content-Type", "application/api-problem+json");
    }

    private static ObjectNode body(int status, String detail) {
        return SimJson.object()
                .put("httpStatus", status)
                .put("detail", detail)
                .put("supportId", "17PY1492793544958045-219026624");
    }
}
