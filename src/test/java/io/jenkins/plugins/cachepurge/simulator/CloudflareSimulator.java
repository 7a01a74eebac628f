package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Cloudflare's API, as far as purging a zone goes.
 *
 * <p>Follows Cloudflare's reference: a bearer token (400 with 6003 and a chain for one of the wrong form); a body with
 * exactly one of {@code files}, {@code tags}, {@code hosts}, {@code prefixes} or {@code purge_everything} (1012, 1092);
 * limits of a plan for items in a request and for requests (1134 with Retry-After); prefixes without scheme, query and
 * fragment and with 31 slashes at the most; tags without spaces, of 1,024 printable characters at the most. Assumed
 * where nothing is published: the texts and codes of the other errors; 403 with 10000 for another token; that URLs must
 * be of the zone's domain. What is not selected by a rule is left alone.
 */
public final class CloudflareSimulator implements SimService {

    /** Worth nothing elsewhere, as the other demo data. */
    public static final String DEMO_TOKEN = "demo-cloudflare-token";

    public static final String DEMO_ZONE = "023e105f4ecef8ad9ca31a8372d0c353";

    public static final String DEMO_DOMAIN = "example.com";

    private static final String ZONE = "/client/v4/zones/{zone}";
    private static final String BEARER = "Bearer ";
    private static final Pattern TOKEN_FORM = Pattern.compile(BEARER + "[A-Za-z0-9_-]{10,}");
    private static final Pattern ZONE_FORM = Pattern.compile("[0-9a-f]{32}");
    private static final int MOST_ITEMS = 100;

    private final InstantSource clock;
    private final String token;
    private final Map<String, String> domains = new HashMap<>();
    private final List<RecordedCloudflarePurge> purges = new ArrayList<>();
    private final Router router = new Router()
            .on("GET", ZONE, (request, path) -> get(path))
            .on("POST", ZONE + "/purge_cache", (request, path) -> purge(request, path, false))
            .on("POST", ZONE + "/invalidate_cache", (request, path) -> purge(request, path, true));
    private Optional<SimFixedWindow> rate = Optional.empty();
    private int mostFiles = MOST_ITEMS;

    /** An account without zones, and the token it accepts. */
    public CloudflareSimulator(InstantSource clock, String token) {
        this.clock = clock;
        this.token = token;
    }

    /** One zone, without a limit to the rate. */
    public static CloudflareSimulator demo(InstantSource clock) {
        return new CloudflareSimulator(clock, DEMO_TOKEN).addZone(DEMO_ZONE, DEMO_DOMAIN);
    }

    @Override
    public String name() {
        return "Cloudflare";
    }

    /** Adds a zone; its id is 32 hexadecimal digits. */
    public synchronized CloudflareSimulator addZone(String id, String domain) {
        domains.put(id, domain);
        return this;
    }

    /** From now on so many purges are allowed in an interval. */
    public synchronized CloudflareSimulator limitPurges(int purges, Duration interval) {
        rate = Optional.of(new SimFixedWindow(purges, interval));
        return this;
    }

    /** From now on a request may name so many URLs: 30, 100 or 500, as plans and reports have it. */
    public synchronized CloudflareSimulator allowFiles(int most) {
        mostFiles = most;
        return this;
    }

    /** All purges, oldest first. */
    public synchronized List<RecordedCloudflarePurge> purges() {
        return List.copyOf(purges);
    }

    @Override
    public synchronized SimResponse handle(SimRequest request) {
        String authorization = request.header("Authorization").orElse("");
        if (!TOKEN_FORM.matcher(authorization).matches()) {
            return malformedToken();
        }
        if (!authorization.equals(BEARER + token)) {
            return error(403, 10000, "Authentication error");
        }
        try {
            return router.route(
                    request,
                    () -> error(400, 7000, "No route for that URI"),
                    () -> error(405, 10405, "Method not allowed for this authentication scheme"));
        } catch (ErrorResponseException refusal) {
            return refusal.answer();
        }
    }

    private SimResponse get(Map<String, String> path) {
        String id = zone(path);
        return success(
                SimJson.object().put("id", id).put("name", domains.get(id)).put("status", "active"));
    }

    private SimResponse purge(SimRequest request, Map<String, String> path, boolean soft) {
        String zone = zone(path);
        ObjectNode body = Optional.of(request)
                .filter(SimRequest::hasJsonContent)
                .flatMap(json -> SimJson.parseObject(json.body()))
                .orElseThrow(() -> new ErrorResponseException(error(400, 6007, "Malformed JSON in request body")));
        RecordedCloudflarePurge purge =
                new CloudflareArguments(domains.get(zone), mostFiles).read(body, zone, soft, clock.instant());
        limit();
        purges.add(purge);
        return success(SimJson.object().put("id", zone));
    }

    private void limit() {
        Instant now = clock.instant();
        rate.filter(window -> !window.take(now)).ifPresent(window -> {
            throw new ErrorResponseException(error(
                            429,
                            1134,
                            "Unable to purge, rate limit reached. Please wait and consider throttling your request speed")
                    .withHeader("Retry-After", Long.toString(window.secondsLeft(now))));
        });
    }

    private String zone(Map<String, String> path) {
        String id = path.get("zone");
        if (!ZONE_FORM.matcher(id).matches()) {
            throw new ErrorResponseException(error(
                    400,
                    7003,
                    "Could not route to /client/v4/zones/" + id + ", perhaps your object identifier is invalid?"));
        }
        if (!domains.containsKey(id)) {
            throw new ErrorResponseException(error(404, 1001, "Invalid zone identifier"));
        }
        return id;
    }

    private static SimResponse success(ObjectNode result) {
        ObjectNode body = SimJson.object().put("success", true);
        body.putArray("errors");
        body.putArray("messages");
        body.set("result", result);
        return SimResponse.json(200, body);
    }

    static SimResponse error(int status, int code, String message) {
        return SimResponse.json(
                status, failure(SimJson.object().put("code", code).put("message", message)));
    }

    private static SimResponse malformedToken() {
        ObjectNode error = SimJson.object().put("code", 6003).put("message", "Invalid request headers");
        error.putArray("error_chain")
                .addObject()
                .put("code", 6111)
                .put("message", "Invalid format for Authorization header");
        return SimResponse.json(400, failure(error));
    }

    private static ObjectNode failure(ObjectNode error) {
        ObjectNode body = SimJson.object().put("success", false);
        ArrayNode errors = body.putArray("errors");
        errors.add(error);
        body.putArray("messages");
        body.putNull("result");
        return body;
    }
}
