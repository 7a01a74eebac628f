package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * bunny.net's Core API, as far as purging goes.
 *
 * <p>Follows its OpenAPI document and its page on rate limits: {@code AccessKey}; an URL in the query, which means all
 * below it where it ends with a slash and {@code exactPath} is not set, or with a wildcard; 200 for an URL, 204 for a pull
 * zone or one of its tags, both without a body; 401 and 404 without a body; 120 single URLs at once and then five a second,
 * 20 prefixes and then one every two seconds, else 429.
 *
 * <p>Assumed where nothing is published: {@code Retry-After} with a 429; 400 with {@code ErrorKey}, {@code Field} and
 * {@code Message} for what is no absolute URL, no boolean, a wildcard elsewhere than at the end, or an unknown field; an
 * empty tag means everything; no limit to the rate of purges of pull zones.
 */
public final class BunnySimulator implements SimService {

    /** The API key that the simulator accepts when it runs by itself. */
    public static final String DEMO_KEY = "demo-bunny-key";

    /** The pull zone that it then has. */
    public static final long DEMO_PULL_ZONE = 4711;

    private static final String PULL_ZONE = "/pullzone/{zone}";

    private final InstantSource clock;
    private final String key;
    private final Router router = new Router()
            .on("POST", "/purge", (request, path) -> purge(request))
            .on("GET", "/pullzone/count", (request, path) -> count())
            .on("GET", PULL_ZONE, (request, path) -> show(path))
            .on("POST", PULL_ZONE + "/purgeCache", this::purgeCache);
    private final Map<Long, String> zones = new LinkedHashMap<>();
    private final List<RecordedBunnyPurge> purges = new ArrayList<>();
    private final Map<RecordedBunnyPurge.Kind, SimTokenBucket> rates = new HashMap<>();

    /** A service without pull zones. */
    public BunnySimulator(InstantSource clock, String key) {
        this.clock = clock;
        this.key = key;
        rates.put(RecordedBunnyPurge.Kind.URL, new SimTokenBucket(120, Duration.ofMillis(200)));
        rates.put(RecordedBunnyPurge.Kind.PREFIX, new SimTokenBucket(20, Duration.ofSeconds(2)));
    }

    /** What runs by itself: one pull zone. */
    public static BunnySimulator demo(InstantSource clock) {
        return new BunnySimulator(clock, DEMO_KEY).addPullZone(DEMO_PULL_ZONE, "acme-website");
    }

    @Override
    public String name() {
        return "bunny.net";
    }

    /** Adds a pull zone. */
    public synchronized BunnySimulator addPullZone(long id, String name) {
        zones.put(id, name);
        return this;
    }

    /** All purges, oldest first. */
    public synchronized List<RecordedBunnyPurge> purges() {
        return List.copyOf(purges);
    }

    @Override
    public synchronized SimResponse handle(SimRequest request) {
        if (!request.header("AccessKey").filter(key::equals).isPresent()) {
            return SimResponse.empty(401);
        }
        try {
            return router.route(request, () -> SimResponse.empty(404), () -> SimResponse.empty(405));
        } catch (ErrorResponseException refusal) {
            return refusal.answer();
        }
    }

    private SimResponse purge(SimRequest request) {
        onlyQuery(request, Set.of("url", "async", "exactPath"));
        boolean async = flag(request, "async");
        boolean exact = flag(request, "exactPath");
        String url = request.query("url").orElse("");
        String prefix = url.endsWith("*") ? url.substring(0, url.length() - 1) : url;
        if (!isAbsolute(prefix) || prefix.contains("*")) {
            throw wrong("url", "The URL is not valid");
        }
        boolean many = url.endsWith("*") || url.endsWith("/") && !exact;
        RecordedBunnyPurge.Kind kind = many ? RecordedBunnyPurge.Kind.PREFIX : RecordedBunnyPurge.Kind.URL;
        limit(kind);
        purges.add(new RecordedBunnyPurge(kind, prefix, 0, async));
        return SimResponse.empty(200);
    }

    private static boolean isAbsolute(String url) {
        try {
            URI uri = URI.create(url);
            return Set.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private SimResponse purgeCache(SimRequest request, Map<String, String> path) {
        onlyQuery(request, Set.of());
        long zone = zone(path);
        String tag = request.body().length == 0 ? "" : tag(request);
        purges.add(new RecordedBunnyPurge(
                tag.isEmpty() ? RecordedBunnyPurge.Kind.ALL : RecordedBunnyPurge.Kind.TAG, tag, zone, false));
        return SimResponse.empty(204);
    }

    private static String tag(SimRequest request) {
        ObjectNode body = Optional.of(request)
                .filter(SimRequest::hasJsonContent)
                .flatMap(json -> SimJson.parseObject(json.body()))
                .orElseThrow(() -> wrong("", "The body must be a JSON object, with its content type"));
        body.fieldNames().forEachRemaining(field -> {
            if (!field.equals("CacheTag")) {
                throw wrong(field, "Unknown field");
            }
        });
        JsonNode tag = body.path("CacheTag");
        if (!tag.isTextual() && !tag.isNull() && !tag.isMissingNode()) {
            throw wrong("CacheTag", "Must be a text");
        }
        return tag.isTextual() ? tag.textValue() : "";
    }

    private SimResponse show(Map<String, String> path) {
        long zone = zone(path);
        ObjectNode body =
                SimJson.object().put("Id", zone).put("Name", zones.get(zone)).put("Enabled", true);
        body.putArray("Hostnames").addObject().put("Value", zones.get(zone) + ".b-cdn.net");
        return SimResponse.json(200, body);
    }

    private SimResponse count() {
        return SimResponse.json(200, SimJson.object().put("Count", zones.size()));
    }

    private long zone(Map<String, String> path) {
        try {
            long id = Long.parseLong(path.get("zone"));
            if (zones.containsKey(id)) {
                return id;
            }
        } catch (NumberFormatException e) {
            // Answered like a number that nobody has.
        }
        throw new ErrorResponseException(SimResponse.empty(404));
    }

    private void limit(RecordedBunnyPurge.Kind kind) {
        Instant now = clock.instant();
        SimTokenBucket bucket = rates.get(kind);
        if (!bucket.take(now)) {
            throw new ErrorResponseException(
                    SimResponse.empty(429).withHeader("Retry-After", Long.toString(bucket.secondsLeft())));
        }
    }

    private static boolean flag(SimRequest request, String name) {
        String value = request.query(name).orElse("false");
        if (!Set.of("true", "false").contains(value)) {
            throw wrong(name, "Must be true or false");
        }
        return value.equals("true");
    }

    private static void onlyQuery(SimRequest request, Set<String> known) {
        request.query().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw wrong(name, "Unknown parameter");
                });
    }

    private static ErrorResponseException wrong(String field, String message) {
        return new ErrorResponseException(SimResponse.json(
                400,
                SimJson.object()
                        .put("ErrorKey", "validation.error")
                        .put("Field", field)
                        .put("Message", message)));
    }
}
