package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Fastly's API, as far as purging goes.
 *
 * <p>Follows Fastly's reference and the answers that its Go client has recorded: {@code Fastly-Key}; {@code purge_all}
 * answers {@code {"status":"ok"}} and is never soft; a batch of keys, in the body or in the header
 * {@code Surrogate-Key}, answers with an id for each key, and more than 256 of them get 400 with a {@code reason}; one
 * key or URL answers a status and an id; the limit of an hour is told by {@code Fastly-RateLimit-Reset}. Assumed where
 * nothing is published: 404 and 403 look as they do elsewhere in the API; 400 for a body that is no such JSON; keys have
 * no spaces; an URL needs a host with a dot, and may have a scheme.
 */
public final class FastlySimulator implements SimService {

    /** Worth nothing elsewhere, as the other demo data. */
    public static final String DEMO_TOKEN = "demo-fastly-token";

    public static final String DEMO_SERVICE = "SU1Z0isxPaozGVKXdv0eY";

    private static final String SERVICE = "/service/{service}";
    private static final String URL_PURGE = "/purge/";
    private static final int MOST_KEYS = 256;
    private static final int EDGE_CHECKS = 200;
    private static final List<String> PLACES = List.of("FRA", "JFK", "NRT");

    private final InstantSource clock;
    private final String token;
    private final Map<String, String> services = new HashMap<>();
    private final List<RecordedFastlyPurge> purges = new ArrayList<>();
    private final Router router = new Router()
            .on("GET", SERVICE, (request, path) -> get(path))
            .on("GET", "/content/edge_check", (request, path) -> edgeCheck(request))
            .on("POST", SERVICE + "/purge_all", (request, path) -> purgeAll(path))
            .on("POST", SERVICE + "/purge", this::purgeKeys)
            .on("POST", SERVICE + "/purge/{key}", this::purgeKey);
    private Optional<SimFixedWindow> rate = Optional.empty();
    private boolean mayPurgeAll = true;
    private int lastId;
    private Function<String, byte[]> content = url -> new byte[0];
    private final Map<String, Integer> stale = new HashMap<>();
    private final SimFixedWindow edgeChecks = new SimFixedWindow(EDGE_CHECKS, Duration.ofHours(1));

    /** An account without services, and the token it accepts. */
    public FastlySimulator(InstantSource clock, String token) {
        this.clock = clock;
        this.token = token;
    }

    /** One service, without a limit to the rate. */
    public static FastlySimulator demo(InstantSource clock) {
        return new FastlySimulator(clock, DEMO_TOKEN).addService(DEMO_SERVICE, "Website");
    }

    @Override
    public String name() {
        return "Fastly";
    }

    /** Adds a service; its id is letters and digits. */
    public synchronized FastlySimulator addService(String id, String name) {
        services.put(id, name);
        return this;
    }

    /** From now on the token has the scope {@code purge_select} only. */
    public synchronized FastlySimulator selectOnly() {
        mayPurgeAll = false;
        return this;
    }

    /** From now on so many purges are allowed in an hour. */
    public synchronized FastlySimulator limitPurges(int anHour) {
        rate = Optional.of(new SimFixedWindow(anHour, Duration.ofHours(1)));
        return this;
    }

    /** All purges, oldest first. */
    public synchronized List<RecordedFastlyPurge> purges() {
        return List.copyOf(purges);
    }

    @Override
    public synchronized SimResponse handle(SimRequest request) {
        if (request.header("Fastly-Key").filter(token::equals).isEmpty()) {
            return error(401, "Provided credentials are missing or invalid");
        }
        try {
            return request.path().startsWith(URL_PURGE)
                    ? purgeUrl(request)
                    : router.route(
                            request, () -> error(404, "Record not found"), () -> error(405, "Method not allowed"));
        } catch (ErrorResponseException refusal) {
            return refusal.answer();
        }
    }

    /** From now on all places serve these pages, by their URLs. */
    public synchronized FastlySimulator serving(Function<String, byte[]> pages) {
        content = pages;
        return this;
    }

    /** A place serves something else for the next checks. */
    public synchronized FastlySimulator staleAt(String place, int checks) {
        stale.put(place, checks);
        return this;
    }

    /** Without a scheme http is assumed; each place has two servers. */
    private SimResponse edgeCheck(SimRequest request) {
        String url = request.query("url").orElseThrow(() -> fail("Missing url"));
        Instant now = clock.instant();
        if (!edgeChecks.take(now)) {
            throw new ErrorResponseException(error(429, "You have exceeded your hourly rate limit.")
                    .withHeader("Fastly-RateLimit-Remaining", "0")
                    .withHeader("Fastly-RateLimit-Reset", Long.toString(wholeSecond(edgeChecks.end()))));
        }
        byte[] page = content.apply(url.contains("://") ? url : "http://" + url);
        ArrayNode servers = SimJson.object().putArray("servers");
        for (String place : PLACES) {
            int left = stale.merge(place, 0, Integer::sum);
            stale.put(place, Math.max(0, left - 1));
            for (int number = 1; number <= 2; number++) {
                servers.addObject()
                        .put("hash", left > 0 ? "error-timeout-" + place : md5(page))
                        .put("pop", place)
                        .put("server", "cache-%s%d-%s".formatted(place.toLowerCase(Locale.ROOT), number, place))
                        .put("response_time", 0.2);
            }
        }
        return SimResponse.json(200, servers);
    }

    private static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private SimResponse get(Map<String, String> path) {
        String id = service(path);
        return SimResponse.json(
                200,
                SimJson.object().put("id", id).put("name", services.get(id)).put("type", "vcl"));
    }

    private SimResponse purgeAll(Map<String, String> path) {
        String service = service(path);
        if (!mayPurgeAll) {
            throw new ErrorResponseException(error(403, "You are not authorized to perform this action"));
        }
        purge(new RecordedFastlyPurge(service, "all", List.of(), false, clock.instant()));
        return SimResponse.json(200, SimJson.object().put("status", "ok"));
    }

    private SimResponse purgeKeys(SimRequest request, Map<String, String> path) {
        String service = service(path);
        List<String> keys = request.header("Surrogate-Key")
                .map(header -> List.of(header.split(" ")))
                .orElseGet(() -> keysOf(request));
        if (keys.isEmpty()) {
            throw fail("No surrogate keys");
        }
        if (keys.size() > MOST_KEYS) {
            throw fail("Batch surrogate key request only supports up to " + MOST_KEYS + " surrogate keys");
        }
        purge(new RecordedFastlyPurge(service, "keys", keys, soft(request), clock.instant()));
        ObjectNode ids = SimJson.object();
        keys.forEach(key -> ids.put(key, nextId()));
        return SimResponse.json(200, ids);
    }

    private static List<String> keysOf(SimRequest request) {
        ObjectNode body = Optional.of(request)
                .filter(SimRequest::hasJsonContent)
                .flatMap(json -> SimJson.parseObject(json.body()))
                .orElseThrow(() -> fail("The body must be a JSON object, with its content type"));
        if (!Set.of("surrogate_keys").containsAll(fields(body))
                || !body.path("surrogate_keys").isArray()) {
            throw fail("The body must have surrogate_keys and nothing else");
        }
        List<String> keys = new ArrayList<>();
        for (JsonNode key : body.path("surrogate_keys")) {
            if (!key.isTextual() || key.textValue().isEmpty() || key.textValue().contains(" ")) {
                throw fail("A surrogate key must be a word");
            }
            keys.add(key.textValue());
        }
        return keys;
    }

    private static List<String> fields(ObjectNode body) {
        List<String> fields = new ArrayList<>();
        body.fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    private SimResponse purgeKey(SimRequest request, Map<String, String> path) {
        String service = service(path);
        purge(new RecordedFastlyPurge(service, "keys", List.of(path.get("key")), soft(request), clock.instant()));
        return ok();
    }

    private SimResponse purgeUrl(SimRequest request) {
        if (!request.method().equals("POST")) {
            return error(405, "Method not allowed");
        }
        String url = request.target().substring(URL_PURGE.length());
        URI uri = URI.create(url.matches("https?://.*") ? url : "https://" + url);
        if (uri.getHost() == null || !uri.getHost().contains(".")) {
            throw fail("Not an URL");
        }
        purge(new RecordedFastlyPurge("", "url", List.of(url), soft(request), clock.instant()));
        return ok();
    }

    private void purge(RecordedFastlyPurge purge) {
        Instant now = clock.instant();
        rate.filter(window -> !window.take(now)).ifPresent(window -> {
            throw new ErrorResponseException(error(
                            429,
                            "You have exceeded your hourly rate limit. Please contact support@fastly.com if you think this is a mistake.")
                    .withHeader("Fastly-RateLimit-Remaining", "0")
                    .withHeader("Fastly-RateLimit-Reset", Long.toString(wholeSecond(window.end()))));
        });
        purges.add(purge);
    }

    /** Rounded up: whoever comes then is let in. */
    private static long wholeSecond(Instant time) {
        return time.plusNanos(999_999_999).getEpochSecond();
    }

    private String service(Map<String, String> path) {
        String id = path.get("service");
        if (!services.containsKey(id)) {
            ObjectNode body =
                    SimJson.object().put("msg", "Record not found").put("detail", "Cannot load service '" + id + "'");
            throw new ErrorResponseException(SimResponse.json(404, body));
        }
        return id;
    }

    private static boolean soft(SimRequest request) {
        return request.header("Fastly-Soft-Purge").isPresent();
    }

    private SimResponse ok() {
        return SimResponse.json(200, SimJson.object().put("status", "ok").put("id", nextId()));
    }

    private String nextId() {
        return "4133-%d-%d".formatted(clock.instant().getEpochSecond(), ++lastId);
    }

    private static SimResponse error(int status, String message) {
        return SimResponse.json(status, SimJson.object().put("msg", message));
    }

    private static ErrorResponseException fail(String reason) {
        return new ErrorResponseException(
                SimResponse.json(400, SimJson.object().put("status", "fail").put("reason", reason)));
    }
}
