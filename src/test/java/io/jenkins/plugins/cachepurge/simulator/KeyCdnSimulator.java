package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * KeyCDN's API, as far as purging a zone goes.
 *
 * <p>Follows KeyCDN's page and clients: basic authentication with the API key as user and no password; everything by
 * GET, URLs and tags by DELETE with a body of 64 KB at the most (413); {@code status} and {@code description} in each
 * answer; {@code X-Rate-Limit-Limit} and {@code X-Rate-Limit-Remaining}. From a public module for Drupal: 128 characters
 * of tags at the most, and errors that come with HTTP 200. Assumed where nothing is published: 401 for another key, 404
 * for an unknown zone; that an URL begins with the zone's own host, without a scheme; the texts of the errors; 429
 * without Retry-After.
 */
public final class KeyCdnSimulator implements SimService {

    /** Worth nothing elsewhere, as the other demo data. */
    public static final String DEMO_KEY = "demo-keycdn-key";

    public static final String DEMO_ZONE = "209797";

    public static final String DEMO_HOST = "demo-1.kxcdn.com";

    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_TAGS_CHARACTERS = 128;

    private final InstantSource clock;
    private final String authorization;
    private final Map<String, String> hosts = new HashMap<>();
    private final List<RecordedKeyCdnPurge> purges = new ArrayList<>();
    private final Router router = new Router()
            .on("GET", "/zones/{zone}", (request, path) -> get(path))
            .on("GET", "/zones/purge/{zone}", (request, path) -> purgeAll(path))
            .on("DELETE", "/zones/purgeurl/{zone}", this::purgeUrls)
            .on("DELETE", "/zones/purgetag/{zone}", this::purgeTags);
    private SimFixedWindow rate = new SimFixedWindow(60_000, Duration.ofMinutes(1));

    /** An account without zones, and the API key it accepts. */
    public KeyCdnSimulator(InstantSource clock, String apiKey) {
        this.clock = clock;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((apiKey + ":").getBytes(StandardCharsets.UTF_8));
    }

    /** One zone, with a limit to the rate that nobody reaches. */
    public static KeyCdnSimulator demo(InstantSource clock) {
        return new KeyCdnSimulator(clock, DEMO_KEY).addZone(DEMO_ZONE, DEMO_HOST);
    }

    @Override
    public String name() {
        return "KeyCDN";
    }

    /** Adds a zone; its id is a number. */
    public synchronized KeyCdnSimulator addZone(String id, String host) {
        hosts.put(id, host);
        return this;
    }

    /** From now on so many calls are allowed in a minute. */
    public synchronized KeyCdnSimulator limitCalls(int aMinute) {
        rate = new SimFixedWindow(aMinute, Duration.ofMinutes(1));
        return this;
    }

    /** All purges, oldest first. */
    public synchronized List<RecordedKeyCdnPurge> purges() {
        return List.copyOf(purges);
    }

    @Override
    public synchronized SimResponse handle(SimRequest request) {
        boolean allowed = rate.take(clock.instant());
        return answer(request, allowed)
                .withHeader("X-Rate-Limit-Limit", Integer.toString(rate.limit()))
                .withHeader("X-Rate-Limit-Remaining", Integer.toString(rate.remaining()));
    }

    private SimResponse answer(SimRequest request, boolean allowed) {
        if (request.header("Authorization").filter(authorization::equals).isEmpty()) {
            return error(401, "Authentication failed.");
        }
        if (!allowed) {
            return error(429, "Too many requests.");
        }
        if (request.body().length > MOST_BYTES) {
            return error(413, "Request Entity Too Large");
        }
        try {
            return router.route(request, () -> error(404, "Not found."), () -> error(405, "Method not allowed."));
        } catch (ErrorResponseException refusal) {
            return refusal.answer();
        }
    }

    private SimResponse get(Map<String, String> path) {
        String zone = zone(path);
        ObjectNode body = success("Data successfully received.");
        body.putObject("data")
                .putObject("zone")
                .put("id", zone)
                .put("name", hosts.get(zone).split("[-.]", 2)[0])
                .put("status", "active");
        return SimResponse.json(200, body);
    }

    private SimResponse purgeAll(Map<String, String> path) {
        return purge(zone(path), "all", List.of(), "Cache has been cleared for zone.");
    }

    private SimResponse purgeUrls(SimRequest request, Map<String, String> path) {
        String zone = zone(path);
        List<String> urls = values(request, "urls");
        if (!urls.stream().allMatch(url -> url.startsWith(hosts.get(zone) + "/"))) {
            throw new ErrorResponseException(
                    error(200, "An URL must start with the zone's host " + hosts.get(zone) + "."));
        }
        return purge(zone, "urls", urls, "Cache has been cleared for URL(s).");
    }

    private SimResponse purgeTags(SimRequest request, Map<String, String> path) {
        String zone = zone(path);
        List<String> tags = values(request, "tags");
        if (tags.stream().anyMatch(tag -> tag.contains(" "))
                || String.join(" ", tags).length() > MOST_TAGS_CHARACTERS) {
            throw new ErrorResponseException(
                    error(200, "Tags must be words, of " + MOST_TAGS_CHARACTERS + " characters in all."));
        }
        return purge(zone, "tags", tags, "Cache has been cleared for tag(s).");
    }

    private static List<String> values(SimRequest request, String field) {
        ObjectNode body = Optional.of(request)
                .filter(SimRequest::hasJsonContent)
                .flatMap(json -> SimJson.parseObject(json.body()))
                .orElseThrow(() -> new ErrorResponseException(
                        error(400, "The body must be a JSON object, with its content type.")));
        if (body.size() != 1 || !body.path(field).isArray() || body.path(field).isEmpty()) {
            throw new ErrorResponseException(error(400, "The body must have " + field + " and nothing else."));
        }
        List<String> values = new ArrayList<>();
        for (JsonNode value : body.path(field)) {
            if (!value.isTextual() || value.textValue().isBlank()) {
                throw new ErrorResponseException(error(400, field + " must be texts."));
            }
            values.add(value.textValue());
        }
        return values;
    }

    private SimResponse purge(String zone, String by, List<String> values, String description) {
        purges.add(new RecordedKeyCdnPurge(zone, by, values, clock.instant()));
        return SimResponse.json(200, success(description));
    }

    private String zone(Map<String, String> path) {
        String file = path.get("zone");
        String id = file.endsWith(".json") ? file.substring(0, file.length() - ".json".length()) : "";
        if (!hosts.containsKey(id)) {
            throw new ErrorResponseException(error(404, "Zone not found."));
        }
        return id;
    }

    private static ObjectNode success(String description) {
        return SimJson.object().put("status", "success").put("description", description);
    }

    private static SimResponse error(int status, String description) {
        return SimResponse.json(status, SimJson.object().put("status", "error").put("description", description));
    }
}
