package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    private final InstantSource clock;
    private final String token;
    private final Map<String, String> services = new HashMap<>();
    private final List<FastlyPurge> purges = new ArrayList<>();
    private final Router router = new Router()
            .on("GET", SERVICE, (request, path) -> get(path))
            .on("POST", SERVICE + "/purge_all", (request, path) -> purgeAll(path))
            .on("POST", SERVICE + "/purge", this::purgeKeys)
            .on("POST", SERVICE + "/purge/{key}", this::purgeKey);
    private Optional<RateWindow> rate = Optional.empty();
    private boolean mayPurgeAll = true;
    private int lastId;

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
        rate = Optional.of(new RateWindow(anHour, Duration.ofHours(1)));
        return this;
    }

    /** All purges, oldest first. */
    public synchronized List<FastlyPurge> purges() {
        return List.copyOf(purges);
    }

    @Override
    public synchronized SimAnswer handle(SimRequest request) {
        if (request.header("Fastly-Key").filter(token::equals).isEmpty()) {
            return error(401, "Provided credentials are missing or invalid");
        }
        try {
            return request.path().startsWith(URL_PURGE)
                    ? purgeUrl(request)
                    : router.route(
                            request, () -> error(404, "Record not found"), () -> error(405, "Method not allowed"));
        } catch (Refusal refusal) {
            return refusal.answer();
        }
    }

    private SimAnswer get(Map<String, String> path) {
        String id = service(path);
        return SimAnswer.json(
                200, Json.object().put("id", id).put("name", services.get(id)).put("type", "vcl"));
    }

    private SimAnswer purgeAll(Map<String, String> path) {
        String service = service(path);
        if (!mayPurgeAll) {
            throw new Refusal(error(403, "You are not authorized to perform this action"));
        }
        purge(new FastlyPurge(service, "all", List.of(), false, clock.instant()));
        return SimAnswer.json(200, Json.object().put("status", "ok"));
    }

    private SimAnswer purgeKeys(SimRequest request, Map<String, String> path) {
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
        purge(new FastlyPurge(service, "keys", keys, soft(request), clock.instant()));
        ObjectNode ids = Json.object();
        keys.forEach(key -> ids.put(key, nextId()));
        return SimAnswer.json(200, ids);
    }

    private static List<String> keysOf(SimRequest request) {
        ObjectNode body = Optional.of(request)
                .filter(SimRequest::hasJsonContent)
                .flatMap(json -> Json.parseObject(json.body()))
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

    private SimAnswer purgeKey(SimRequest request, Map<String, String> path) {
        String service = service(path);
        purge(new FastlyPurge(service, "keys", List.of(path.get("key")), soft(request), clock.instant()));
        return ok();
    }

    private SimAnswer purgeUrl(SimRequest request) {
        if (!request.method().equals("POST")) {
            return error(405, "Method not allowed");
        }
        String url = request.target().substring(URL_PURGE.length());
        URI uri = URI.create(url.matches("https?://.*") ? url : "https://" + url);
        if (uri.getHost() == null || !uri.getHost().contains(".")) {
            throw fail("Not an URL");
        }
        purge(new FastlyPurge("", "url", List.of(url), soft(request), clock.instant()));
        return ok();
    }

    private void purge(FastlyPurge purge) {
        Instant now = clock.instant();
        rate.filter(window -> !window.take(now)).ifPresent(window -> {
            throw new Refusal(error(
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
                    Json.object().put("msg", "Record not found").put("detail", "Cannot load service '" + id + "'");
            throw new Refusal(SimAnswer.json(404, body));
        }
        return id;
    }

    private static boolean soft(SimRequest request) {
        return request.header("Fastly-Soft-Purge").isPresent();
    }

    private SimAnswer ok() {
        return SimAnswer.json(200, Json.object().put("status", "ok").put("id", nextId()));
    }

    private String nextId() {
        return "4133-%d-%d".formatted(clock.instant().getEpochSecond(), ++lastId);
    }

    private static SimAnswer error(int status, String message) {
        return SimAnswer.json(status, Json.object().put("msg", message));
    }

    private static Refusal fail(String reason) {
        return new Refusal(
                SimAnswer.json(400, Json.object().put("status", "fail").put("reason", reason)));
    }
}
